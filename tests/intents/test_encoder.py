"""The encoder's table on the disk: the same vectors, and a broken file heals itself."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.classifier.encoder import MOST_PIECES, Encoder, load_encoder
from intents.classifier.features import Vector
from intents.classifier.network import ROW

pytestmark = pytest.mark.slow

TEXTS = ["unlock my son's account", "débarre le compte de mon fils", "ok"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("encoder")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return load_encoder(folder)


@pytest.fixture(scope="module")
def expected(folder: Path) -> Vector:
    return load_encoder(folder / "elsewhere")(TEXTS)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It is whole: what a test does to it, the next loading mends."""
    folder = tmp_path_factory.mktemp("mended")
    load_encoder(folder)
    [kept] = folder.glob("encoder-*.rows")
    return kept


@pytest.mark.parametrize("damage", ["none", "missing", "truncated", "changed", "garbage"])
def test_the_vectors_are_the_same_whatever_the_file_was(
    file: Path, expected: Vector, damage: str
) -> None:
    content = file.read_bytes()
    match damage:
        case "missing":
            file.unlink()
        case "truncated":
            file.write_bytes(content[: len(content) // 2])
        case "changed":
            file.write_bytes(content[:-1000] + bytes(1000))
        case "garbage":
            file.write_bytes(b"not an array")
    assert np.array_equal(load_encoder(file.parent)(TEXTS), expected)
    assert file.read_bytes() == content


def test_without_a_folder_to_write_to_it_works_all_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    assert load_encoder(blocked)(TEXTS).shape == (3, ROW)


def test_a_text_has_the_same_row_alone_and_among_others(encoder: Encoder) -> None:
    together = encoder(TEXTS)
    alone = np.concatenate([encoder([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_what_is_kept_of_usual_pieces_changes_no_row(encoder: Encoder) -> None:
    keeping = encoder.keeping(encoder.most_used(TEXTS[:2]))
    np.testing.assert_allclose(keeping(TEXTS), encoder(TEXTS), atol=1e-5)


def test_nothing_encoded_is_no_row(encoder: Encoder) -> None:
    assert len(encoder([])) == 0


def test_a_text_of_no_characters_is_a_piece_that_nobody_knows(encoder: Encoder) -> None:
    assert encoder.pieces.numbers("") == encoder.pieces.numbers("  ") == [1, 0, 2]


@given(text=st.text(st.sampled_from("\ufdfa\ufdfbaé\u0301😀 "), max_size=5000) | st.text())
def test_no_text_is_more_pieces_than_the_clamp(encoder: Encoder, text: str) -> None:
    first, *pieces, last = encoder.pieces.numbers(text * 20)
    assert (first, last) == (1, 2)
    assert 1 <= len(pieces) <= MOST_PIECES
