"""The way from the library's weights to ours: a few passes over all lessons, several times over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from tuning.lessons import Batch, Lesson, epoch
from tuning.network import Weights, fresh, logits

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the network is taught."""

    epochs: int = 5
    rate: float = 5e-4
    """AdamW's, at its highest; it rises over the first `rise` of the steps and falls to nothing."""
    rise: float = 0.06
    decay: float = 0.01
    smoothing: float = 0.05
    """What of each answer is shared out among all labels."""
    hidden: float = 0.08
    """The share of pieces that are not shown, each time others: no word decides alone."""
    seeds: tuple[int, ...] = (0,)
    """One training each, in another order; the weights are the mean of theirs."""


def teach(
    base: Weights, table: NDArray[np.float32], all_lessons: Sequence[Lesson], plan: Plan, say: Say
) -> dict[str, NDArray[np.float32]]:
    """Return the taught weights by their names, heads included.

    `table` has a row a piece, the last one of zeros. All trainings begin with the same weights, so
    that their results lie near enough to each other to be averaged.
    """
    start = {**base, **fresh(0, {one.name: len(one.labels) for one in all_lessons})}
    cells = jnp.asarray(table)
    taught = [_once(start, cells, all_lessons, plan, seed, say) for seed in plan.seeds]
    return {
        name: np.mean([np.asarray(each[name]) for each in taught], axis=0, dtype=np.float32)
        for name in start
    }


def _once(  # noqa: PLR0917  one training, all that it is made of
    start: Weights, cells: jax.Array, all_lessons: Sequence[Lesson], plan: Plan, seed: int, say: Say
) -> Weights:
    chance = np.random.default_rng(seed)
    passes = [epoch(all_lessons, chance, plan.hidden) for _ in range(plan.epochs)]
    steps = sum(map(len, passes))
    rate = optax.warmup_cosine_decay_schedule(0, plan.rate, int(steps * plan.rise), steps)
    optimizer = optax.adamw(rate, weight_decay=plan.decay)
    weights, state = dict(start), optimizer.init(dict(start))
    step = jax.jit(partial(_step, optimizer, plan.smoothing), static_argnums=2)
    for number, batches in enumerate(passes, start=1):
        losses = []
        for batch in batches:
            weights, state, loss = step(weights, state, *_seen(batch), cells)
            losses.append(float(loss))
        say(f"seed {seed}, pass {number} of {plan.epochs}: loss {np.mean(losses):.3f}")
    return weights


def _seen(batch: Batch) -> tuple[str, jax.Array, jax.Array]:
    return batch.lesson, jnp.asarray(batch.pieces), jnp.asarray(batch.answers)


def _step(  # noqa: PLR0917  the state of a training
    optimizer: optax.GradientTransformation,
    smoothing: float,
    weights: Weights,
    state: optax.OptState,
    lesson: str,
    pieces: jax.Array,
    answers: jax.Array,
    cells: jax.Array,
) -> tuple[Weights, optax.OptState, jax.Array]:
    loss = partial(_loss, smoothing)
    value, slopes = jax.value_and_grad(loss)(weights, lesson, pieces, answers, cells)
    changes, state = optimizer.update(slopes, state, weights)
    return optax.apply_updates(weights, changes), state, value


def _loss(  # noqa: PLR0917  what a loss is of
    smoothing: float,
    weights: Weights,
    lesson: str,
    pieces: jax.Array,
    answers: jax.Array,
    cells: jax.Array,
) -> jax.Array:
    mask = (pieces >= 0).astype(jnp.float32)[..., None]
    scores = logits(weights, lesson, cells[pieces], mask)
    wanted = optax.smooth_labels(jax.nn.one_hot(answers, scores.shape[-1]), smoothing)
    loss: jax.Array = optax.softmax_cross_entropy(scores, wanted).mean()
    return loss


def as_stored(
    weights: Mapping[str, NDArray[np.float32]],
) -> dict[str, NDArray[np.float16]]:
    """Return the weights at half the size: the same first label for every message measured."""
    return {name: value.astype(np.float16) for name, value in weights.items()}
