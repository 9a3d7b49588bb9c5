"""How people prove who they are: codes, links, passwords, sessions, and locks."""
