"""People who take over: the agents' desk, and what passes between it and a conversation."""
