"""The network as JAX trains it; `intents/classifier/network.py` is the same in numpy."""

from collections.abc import Mapping

import jax
import jax.numpy as jnp
import numpy as np

from intents.classifier.network import (
    EPSILON,
    HEADS,
    LENGTH,
    ORDERS,
    ROW,
    SHARE_OF_THE_MEAN,
    WIDTH_OF_A_HEAD,
)

Weights = Mapping[str, jax.Array]
CELLS = 1280
"""Numbers a word piece has behind the three branches."""


def fresh(seed: int, sizes: Mapping[str, int]) -> dict[str, jax.Array]:
    """Return what the library has no weights for: the pool of attention, a head for each lesson.

    `sizes`: how many labels each lesson has.
    """
    chance = np.random.default_rng(seed)

    def small(*shape: int) -> jax.Array:
        return jnp.asarray(chance.normal(0, 0.02, shape), jnp.float32)

    made = {
        "att": small(CELLS, HEADS),
        "att_v": small(HEADS, CELLS, WIDTH_OF_A_HEAD),
        "att_b": jnp.zeros(HEADS * WIDTH_OF_A_HEAD),
    }
    for lesson, labels in sizes.items():
        made[f"{lesson}_w"] = small(ROW, labels)
        made[f"{lesson}_b"] = jnp.zeros(labels)
    return made


def logits(weights: Weights, lesson: str, cells: jax.Array, mask: jax.Array) -> jax.Array:
    """Return the scores of a lesson's labels; `cells`: texts x pieces x 512, `mask`: ... x 1."""
    return LENGTH * encode(weights, cells, mask) @ weights[f"{lesson}_w"] + weights[f"{lesson}_b"]


def encode(weights: Weights, cells: jax.Array, mask: jax.Array) -> jax.Array:
    """Return a row of length 1 a text, as `intents.classifier.network.Network.encode` does."""
    w = weights
    branches = [cells]
    for n, left in ORDERS:
        x = _norm(cells @ w[f"proj{n}"] + w[f"proj_b{n}"], w[f"ln_g{n}"], w[f"ln_b{n}"]) * mask
        h = (jax.nn.relu(_around(x, n, left) @ w[f"w1_{n}"] + w[f"b1_{n}"]) + x) * mask
        branches.append(jax.nn.relu(_around(h, n, left) @ w[f"w2_{n}"] + w[f"b2_{n}"]) + h)
    cells = _norm(jnp.concatenate(branches, -1), w["ln_g"], w["ln_b"]) * mask
    pieces = mask.sum(1)
    mean = (cells.sum(1) @ w["cnn_W"] + pieces * w["cnn_b"]) * jax.lax.rsqrt(pieces)
    y0 = jax.nn.relu(mean @ w["d0"])
    y1 = jax.nn.relu(mean @ w["p1"] + y0 @ w["d1"])
    y2 = jax.nn.relu(y1 @ w["d2"])
    whole = _unit(jnp.tanh(y1 @ w["p3"] + y2 @ w["d3"])) * SHARE_OF_THE_MEAN
    shares = jax.nn.softmax(jnp.where(mask > 0, cells @ w["att"], -jnp.inf), axis=1)
    heads = jnp.einsum("bth,btc->bhc", shares, cells)
    noticed = jnp.einsum("bhc,hcd->bhd", heads, w["att_v"]).reshape(len(cells), -1)
    return _unit(jnp.concatenate([whole, jnp.tanh(noticed + w["att_b"])], -1))


def _norm(x: jax.Array, gain: jax.Array, shift: jax.Array) -> jax.Array:
    x = x - x.mean(-1, keepdims=True)
    return x * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + EPSILON) * gain + shift


def _unit(x: jax.Array) -> jax.Array:
    return x * jax.lax.rsqrt(jnp.clip((x * x).sum(-1, keepdims=True), EPSILON))


def _around(x: jax.Array, n: int, left: int) -> jax.Array:
    """Return each piece beside its neighbours, `left` of them before it; none beyond the text."""
    padded = jnp.pad(x, ((0, 0), (left, n - 1 - left), (0, 0)))
    return jnp.concatenate([padded[:, at : at + x.shape[1]] for at in range(n)], -1)
