"""From a message to commands: readers propose, and one function chooses (docs/reading.md)."""
