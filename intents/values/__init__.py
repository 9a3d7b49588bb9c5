"""What can be read off a message wherever it stands: names, addresses, services, times."""
