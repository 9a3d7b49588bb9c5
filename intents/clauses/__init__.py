"""A message parted into clauses, and what kind of clause each is."""
