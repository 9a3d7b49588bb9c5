"""Secret addresses inside of messages: a placeholder is kept, the address is made when it leaves.

The token in a sign-in link is derived from its reference and the secret key (`Keys`), so that
neither the outbox, nor an event, nor a transcript ever holds anything that could be followed.
"""

import re

from storage.transaction import Repository

_PLACEHOLDER = re.compile(r"⟨link:([a-z]+)⟩")
"""Nobody can type one: the intake replaces such brackets."""


class Addresses(Repository):
    def placeholder(self, reference: str) -> str:
        """What stands for the address of a sign-in link in a text."""
        return f"⟨link:{reference}⟩"

    def filled_in(self, text: str | None) -> str | None:
        """The text as the person gets it."""
        if text is None or "⟨link:" not in text:
            return text
        return _PLACEHOLDER.sub(lambda match: self._address(match[1]), text)

    def _address(self, reference: str) -> str:
        return f"{self.transaction.public_url}/link/{self._keys.sign_in_token(reference)}"
