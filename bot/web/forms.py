"""Choosing a user name and a password: what is wrong with a filled-in form."""

from dataclasses import dataclass, field

from bot.web.passwords import PasswordRules
from storage.errors import InvalidUsername
from storage.names import clean_username


@dataclass(frozen=True, slots=True)
class NewPasswordForm:
    """As it was sent; its `repr` shows no password."""

    password: str = field(repr=False)
    password_again: str = field(repr=False)

    def problems(self, rules: PasswordRules, *names: str) -> dict[str, str]:
        """For each field that is not right, the name of the phrase that says why."""
        refusal = rules.refusal(self.password, *names)
        if refusal is not None:
            return {"password": f"problem_password_{refusal}"}
        if self.password != self.password_again:
            return {"password_again": "problem_password_differs"}
        return {}


@dataclass(frozen=True, slots=True)
class ActivationForm:
    """A user name and a new password."""

    username: str
    chosen: NewPasswordForm

    def problems(self, rules: PasswordRules, first_name: str) -> dict[str, str]:
        """For each field that is not right, the name of the phrase that says why."""
        problems: dict[str, str] = {}
        try:
            clean_username(self.username)
        except InvalidUsername as error:
            problems["username"] = f"problem_username_{error.reason}"
        return problems | self.chosen.problems(rules, self.username, first_name)
