"""What is kept about a person, for themselves: `foyer export`."""
