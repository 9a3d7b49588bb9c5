"""What an operator can do from the command line: each command, and what does it."""
