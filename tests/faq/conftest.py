from collections.abc import Mapping

import pytest

from faq.articles import Articles


@pytest.fixture(scope="session")
def constants() -> Mapping[str, int]:
    """The figures that the product gives, as they stand."""
    return {
        "code_minutes": 10,
        "code_tries": 5,
        "max_users": 6,
        "max_secondary": 5,
        "activation_days": 5,
        "password_min": 8,
        "password_max": 128,
        "lock_attempts": 5,
        "session_idle_minutes": 5,
        "session_max_minutes": 15,
        "conversation_days": 90,
        "undo_hours": 24,
    }


@pytest.fixture(scope="session")
def articles(constants: Mapping[str, int]) -> Articles:
    return Articles.load(constants)
