"""Loading households from an operator's file: the database's side of it."""
