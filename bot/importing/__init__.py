"""`foyer import FILE`: households, read with line numbers, checked, then applied in chunks."""

from bot.importing.command import import_file
from bot.importing.loading import load_file

__all__ = ["import_file", "load_file"]
