"""Which secret keys a database knows, what they are worth, and sealing anew with another one."""
