"""What a message says to an open question or a card: a yes, a no, a value, a verdict."""
