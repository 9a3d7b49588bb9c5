import os
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from intents.classifier.model import TrainedModel
from intents.classifier.model_cache import ModelCache, content_key


def model() -> TrainedModel:
    return TrainedModel(
        labels={"intents": ("greet", "help"), "answers": ("no", "yes")},
        character_terms=(" a", "é"),
        word_terms=("aidez moi",),
        words=("aidez",),
        ordinary_words=("aidez",),
        known_names=("zoé",),
        agreeing_words=("oui",),
        arrays={"intents_w": np.eye(3, dtype=np.float32)},
    )


class Trainer:
    """Counts how often the model is made."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self) -> TrainedModel:
        self.runs += 1
        return model()


def test_a_model_is_trained_once_and_comes_back_whole(tmp_path: Path) -> None:
    trainer, cache = Trainer(), ModelCache(tmp_path / "new" / "folder")
    cache.get("k", trainer)
    again = cache.get("k", trainer)
    assert trainer.runs == 1
    assert again.labels == model().labels
    assert again.known_names == model().known_names
    np.testing.assert_array_equal(again.arrays["intents_w"], np.eye(3))


@pytest.mark.parametrize("left", [0, 1, 100, -20])
def test_a_truncated_file_is_made_anew(tmp_path: Path, left: int) -> None:
    trainer, cache = Trainer(), ModelCache(tmp_path)
    cache.get("k", trainer)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:left])
    assert cache.get("k", trainer).labels == model().labels
    cache.get("k", trainer)
    assert trainer.runs == 2


def put(folder: Path, **arrays: Any) -> None:
    """Put a file there under the name that its content asks for."""
    buffer = BytesIO()
    np.savez(buffer, **arrays)
    digest = sha256(buffer.getvalue()).hexdigest()
    (folder / f"intents-k-{digest}.npz").write_bytes(buffer.getvalue())


def test_a_whole_file_whose_content_is_not_what_its_name_says_is_made_anew(tmp_path: Path) -> None:
    trainer, cache = Trainer(), ModelCache(tmp_path)
    cache.get("other", trainer)
    (whole,) = tmp_path.iterdir()
    cache.get("k", lambda: replace(model(), words=("autre",)))
    [wanted] = [it for it in tmp_path.iterdir() if "-k-" in it.name]
    wanted.write_bytes(whole.read_bytes())
    assert cache.get("k", lambda: replace(model(), words=("encore",))).words == ("encore",)


@pytest.mark.parametrize("mode", [0o666, 0o664, 0o622])
def test_a_file_that_others_may_write_is_not_read(
    tmp_path: Path, mode: int, caplog: pytest.LogCaptureFixture
) -> None:
    trainer, cache = Trainer(), ModelCache(tmp_path)
    cache.get("k", trainer)
    (file,) = tmp_path.iterdir()
    file.chmod(mode)
    cache.get("k", trainer)
    assert trainer.runs == 2
    assert f"{file} is not read" in caplog.text


def test_a_file_of_another_owner_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    trainer, cache = Trainer(), ModelCache(tmp_path)
    cache.get("k", trainer)
    owner = tmp_path.stat().st_uid
    with monkeypatch.context() as as_somebody_else:
        if owner == 0:  # what the superuser has put there may be read by all
            (file,) = tmp_path.iterdir()
            os.chown(file, 4711, 4711)
        else:
            as_somebody_else.setattr(os, "geteuid", lambda: owner + 1)
        cache.get("k", trainer)
    assert trainer.runs == 2
    assert "somebody else could have written it" in caplog.text


def test_a_folder_that_others_may_write_is_not_read_and_then_closed_to_them(
    tmp_path: Path,
) -> None:
    trainer, cache = Trainer(), ModelCache(tmp_path)
    cache.get("k", trainer)
    tmp_path.chmod(0o775)
    cache.get("k", trainer)
    cache.get("k", trainer)
    assert trainer.runs == 2


def test_a_file_of_something_else_is_made_anew(tmp_path: Path) -> None:
    trainer, cache = Trainer(), ModelCache(tmp_path)
    put(tmp_path, other=np.zeros(3))
    assert cache.get("k", trainer).labels == model().labels


def test_a_pickle_in_the_cache_is_not_opened(tmp_path: Path) -> None:
    trainer, cache = Trainer(), ModelCache(tmp_path)
    put(tmp_path, names=np.array([{"intents": []}], dtype=object))
    cache.get("k", trainer)
    assert trainer.runs == 1


def test_other_contents_are_another_model(tmp_path: Path) -> None:
    trainer, cache = Trainer(), ModelCache(tmp_path)
    cache.get(content_key("one recipe"), trainer)
    cache.get(content_key("another recipe"), trainer)
    assert content_key("one recipe") == content_key("one recipe")
    assert trainer.runs == 2


def test_old_models_do_not_pile_up(tmp_path: Path) -> None:
    for key in "abcdef":
        ModelCache(tmp_path).get(key, model)
    assert len(list(tmp_path.iterdir())) == 3
    trainer = Trainer()
    ModelCache(tmp_path).get("f", trainer)
    assert trainer.runs == 0


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert ModelCache(blocked).get("k", model).labels == model().labels
