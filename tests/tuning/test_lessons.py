"""What the encoder is taught from: every message, under its own label."""

import numpy as np

from tuning.lessons import BATCH, UNKNOWN, Lesson, epoch, padded

TEXTS = tuple(tuple(range(1, 3 + number % 30)) for number in range(70))
LESSON = Lesson("intents", ("greet", "help"), TEXTS, tuple(len(text) % 2 for text in TEXTS))


def test_every_message_is_shown_in_a_pass_under_its_own_label() -> None:
    shown = set()
    for batch in epoch([LESSON], np.random.default_rng(0), hidden=0):
        assert len(batch.pieces) == len(batch.answers) == BATCH
        for pieces, answer in zip(batch.pieces, batch.answers, strict=True):
            text = tuple(int(piece) for piece in pieces if piece >= 0)
            assert answer == len(text) % 2
            shown.add(text)
    assert shown == set(TEXTS)


def test_a_share_of_the_pieces_is_hidden_but_never_the_beginning() -> None:
    batches = epoch([LESSON], np.random.default_rng(0), hidden=0.5)
    pieces = np.concatenate([batch.pieces[batch.pieces >= 0] for batch in batches])
    assert 0.4 < (pieces == UNKNOWN).mean() < 0.5
    assert all((batch.pieces[:, 0] != UNKNOWN).all() for batch in batches)


def test_texts_of_one_batch_are_padded_behind_their_ends() -> None:
    assert padded([(4, 5), (6,)], 3).tolist() == [[4, 5, -1], [6, -1, -1]]
