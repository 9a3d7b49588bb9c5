"""Secret addresses inside of messages: a placeholder is kept, the address is made when it leaves.

The token in a link that a chat gets is derived from its reference and the secret key (`Keys`), so
that neither the outbox, nor an event, nor a transcript ever holds anything that could be followed.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from string import ascii_lowercase

from sqlalchemy import Table, select

from storage.identity.tables import passkey_link, sign_in_link
from storage.transaction import Repository

_PLACEHOLDER = re.compile(r"⟨(link|app|passkey):([a-z]+)⟩")
"""Nobody can type one: the intake replaces such brackets."""

_REFERENCE_LETTERS = 20

LEADING = ("url", "app")
"""What a button has that leads somewhere: to a page, or to one inside the messenger."""

SHOWN_AGAIN = timedelta(minutes=2)
"""A page that a chat asks for and that lives at least so long is shown again, not made anew."""


def new_reference() -> str:
    """What a token is derived from: letters, so that it stands in a placeholder."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(_REFERENCE_LETTERS))


class Addresses(Repository):
    def placeholder(self, reference: str) -> str:
        """What stands for the address of a sign-in link in a text."""
        return f"⟨link:{reference}⟩"

    def app_placeholder(self, reference: str) -> str:
        """What stands for the same page as it opens inside the messenger."""
        return f"⟨app:{reference}⟩"

    def passkey_placeholder(self, reference: str) -> str:
        """What stands for the page where a passkey is used, on a button or in a text."""
        return f"⟨passkey:{reference}⟩"

    def filled_in(self, text: str | None) -> str | None:
        """The text as the person gets it."""
        if text is None or "⟨" not in text:
            return text
        return _PLACEHOLDER.sub(lambda match: self._address(match[1], match[2]), text)

    def on_buttons(self, buttons: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
        """The buttons as the person gets them; some lead to a page of ours (`LEADING`)."""
        return [
            {key: self._led(text) if key in LEADING else text for key, text in button.items()}
            for button in buttons
        ]

    def _led(self, address: str) -> str:
        return self.filled_in(address) or ""

    def _address(self, kind: str, reference: str) -> str:
        if kind == "passkey":
            token = self._token(passkey_link, reference, self._keys.passkey_tokens(reference))
            return f"{self.transaction.passkey_url}/passkey/{token}"
        token = self._token(sign_in_link, reference, self._keys.sign_in_tokens(reference))
        return f"{self.transaction.public_url}/{kind}/{token}"

    def _token(self, links: Table, reference: str, tokens: Sequence[str]) -> str:
        """The one that the link was made with: another key may have been put first since."""
        if len(tokens) > 1:
            made = select(links.c.token_digest).where(links.c.reference == reference)
            digest = self._connection.scalar(made)
            for token in tokens:
                if digest in self._keys.token_digests(token):
                    return token
        return tokens[0]
