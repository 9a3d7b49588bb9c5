"""A copy of all that is known of a person, for that person."""
