"""What people come for: each task is a folder; the files beside are what they share."""
