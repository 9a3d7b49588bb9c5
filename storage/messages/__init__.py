"""Conversations, and what is said in them on its way in and out."""
