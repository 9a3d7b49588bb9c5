"""Which format a file has, told by the end of its name."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from bot.importing.csv_file import CsvFile
from bot.importing.json_lines import JsonLines
from bot.importing.listed import Source
from bot.importing.problems import FileRefused, Problem
from bot.importing.yaml_file import YamlFile

_FORMATS: Mapping[str, Callable[[Path], Source]] = MappingProxyType(
    {
        ".yml": YamlFile,
        ".yaml": YamlFile,
        ".jsonl": JsonLines,
        ".ndjson": JsonLines,
        ".csv": CsvFile,
    }
)


def source_of(path: Path) -> Source:
    """Raises FileRefused where the name says nothing that is known."""
    made = _FORMATS.get(path.suffix.casefold())
    if made is None:
        raise FileRefused([Problem(f"its name must end in one of: {', '.join(_FORMATS)}")])
    return made(path)
