from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from intents.classifier.features import Vector
from intents.classifier.vector_cache import VectorCache


class Encoder:
    """Encodes a text as its length, and counts how often it is asked."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, texts: Sequence[str]) -> Vector:
        self.runs += 1
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def test_texts_are_encoded_once(tmp_path: Path) -> None:
    encoder = Encoder()
    for _ in range(2):
        vectors = VectorCache(tmp_path, "model", encoder)(["one", "three"])
        np.testing.assert_array_equal(vectors, [[3], [5]])
    assert encoder.runs == 1


@pytest.mark.parametrize(
    ("key", "texts"), [("model", ["one", "six"]), ("model", ["onethree"]), ("new", ["one"])]
)
def test_other_texts_and_another_model_are_encoded_anew(
    tmp_path: Path, key: str, texts: list[str]
) -> None:
    VectorCache(tmp_path, "model", Encoder())(["one", "three"])
    encoder = Encoder()
    assert VectorCache(tmp_path, key, encoder)(texts).tolist() == [[len(text)] for text in texts]
    assert encoder.runs == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    encoder = Encoder()
    cache = VectorCache(tmp_path, "model", encoder)
    cache(["one"])
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert cache(["one"]).tolist() == [[3]]
    cache(["one"])
    assert encoder.runs == 2


def test_a_folder_that_cannot_be_written_to_stops_nobody(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.touch()
    assert VectorCache(nowhere, "model", Encoder())(["one"]).tolist() == [[3]]


def test_the_oldest_files_are_forgotten(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path, "model", Encoder())
    for number in range(20):
        cache([str(number)])
    assert len(list(tmp_path.iterdir())) == 12
