"""What in a message is nobody's business here: codes, passwords, numbers of cards and accounts."""
