"""How much of a long test is run: all of it in `make soak`, a part of it in `make test`."""

import os

SCALE = float(os.environ.get("TEST_FOYER_SOAK", "0.02"))
WHOLE = SCALE >= 1
_PART = 0.3
SEED = 20_260_302
"""Of the part that always runs: a failure there comes back."""


def examples(whole: int) -> int:
    """Return how many examples of a property are tried, of so many in all."""
    return whole if WHOLE else round(whole * _PART)
