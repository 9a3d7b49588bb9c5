"""What was done, by whom and to whom: the chain, and how it is read."""
