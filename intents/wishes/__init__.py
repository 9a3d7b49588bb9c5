"""What is wished for, asked or told, composed from the clauses in their order."""
