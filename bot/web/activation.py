"""Choosing a user name and a password: what is wrong with a filled-in form."""

from dataclasses import dataclass, field

from bot.web.passwords import PasswordRules
from storage.errors import InvalidUsername
from storage.names import clean_username


@dataclass(frozen=True, slots=True)
class ActivationForm:
    """As it was sent; its `repr` shows no password."""

    username: str
    password: str = field(repr=False)
    password_again: str = field(repr=False)

    def problems(self, rules: PasswordRules, first_name: str) -> dict[str, str]:
        """For each field that is not right, the name of the phrase that says why."""
        found: dict[str, str] = {}
        try:
            clean_username(self.username)
        except InvalidUsername as error:
            found["username"] = f"problem_username_{error.reason}"
        refusal = rules.refusal(self.password, self.username, first_name)
        if refusal is not None:
            found["password"] = f"problem_password_{refusal}"
        elif self.password != self.password_again:
            found |= {"password_again": "problem_password_differs"}
        return found
