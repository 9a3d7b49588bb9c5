"""Cases for people: the agents' queue, and what passes between it and a chat."""
