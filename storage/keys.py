"""Everything that is derived from the secret keys: keyed digests and sealed texts.

There may be several, each with a name: the first one makes and seals, all of them open and
recognise, so that a new key can be put first without losing anything
(`docs/decisions/0029-keys-have-names.md`).
"""

import base64
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.keyring.strength import Weakness, weakness

MINIMUM = 16
UNNAMED = "0"
"""The name of a key that is given without one."""
_NAMED = re.compile(r"([A-Za-z0-9_-]{1,16}):(.+)", re.DOTALL)
_TOKEN_LETTERS = 32
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_FINGERPRINT = 16
_BETWEEN = "."


class Purpose(StrEnum):
    """One independent key per purpose, by HKDF (RFC 5869) with the purpose as its `info`."""

    CODE = "one-time code"
    TOKEN = "link token"  # noqa: S105 - a label
    SIGN_IN_LINK = "sign-in link"
    PASSKEY_LINK = "passkey link"
    PAGE_SESSION = "page session"
    DEVICE = "device of a messenger"
    FORM = "form token"
    CHALLENGE = "passkey challenge"
    ACCOUNT = "account name"
    AUDIT = "audit chain"
    WEBHOOK = "webhook"
    FINGERPRINT = "fingerprint"
    SEAL = "sealed parameters"


@dataclass(frozen=True, slots=True, repr=False)
class _Key:
    """What is derived from one secret; the secret itself is not kept."""

    name: str
    derived: Mapping[Purpose, bytes]
    weakness: Weakness | None

    @classmethod
    def of(cls, name: str, secret: str) -> Self:
        derived = {purpose: _derive(secret, purpose) for purpose in Purpose}
        return cls(name, derived, weakness(secret))

    @property
    def fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self.derived[Purpose.SEAL]))

    def mac(self, purpose: Purpose, text: str) -> str:
        data = text.encode("utf-8", "surrogatepass")
        return hmac.digest(self.derived[purpose], data, "sha256").hex()

    def digest(self, purpose: Purpose, text: str) -> str:
        """A MAC that says which key made it; the unnamed key does not, as it never did."""
        mac = self.mac(purpose, text)
        return mac if self.name == UNNAMED else f"{mac}:{self.name}"


class Keys:
    """The keys of a setting: `id:key`, comma-separated, or one bare key.

    Raises ValueError when a key is shorter than 16 characters, or two have one name.
    """

    def __init__(self, secret: str) -> None:
        self._all = {name: _Key.of(name, text) for name, text in named_keys(secret).items()}
        self._first = next(iter(self._all.values()))
        self._fernets = MultiFernet([key.fernet for key in self._all.values()])

    @property
    def names(self) -> tuple[str, ...]:
        """The first one seals."""
        return tuple(self._all)

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """What tells each key from any other, and gives nothing away."""
        return {
            name: key.mac(Purpose.FINGERPRINT, "foyer")[:_FINGERPRINT]
            for name, key in self._all.items()
        }

    def weakness(self, name: str) -> Weakness | None:
        """Why nothing new should depend on that key."""
        return self._all[name].weakness

    def code_digest(self, digits: str) -> str:
        """Stands for an 8-digit one-time code at rest."""
        return self._first.mac(Purpose.CODE, digits)

    def candidate(self, digits: str) -> str:
        """Stands for digits that were typed: what they would be at rest, under every key."""
        return _BETWEEN.join(self._under_all(Purpose.CODE, digits))

    def token_digest(self, token: str) -> str:
        return self._first.digest(Purpose.TOKEN, token)

    def token_digests(self, token: str) -> list[str]:
        """The digests under which a token may be kept: one for each key."""
        return [key.digest(Purpose.TOKEN, token) for key in self._all.values()]

    def sign_in_tokens(self, reference: str) -> list[str]:
        """The secret of a sign-in link, made anew from the reference that stands in a message.

        128 bits in 32 letters, so that no part of it is ever taken for a code. One for each key:
        a new link has the first.
        """
        return self._link_tokens(Purpose.SIGN_IN_LINK, reference)

    def passkey_tokens(self, reference: str) -> list[str]:
        """The same for the page where a chat has a passkey used."""
        return self._link_tokens(Purpose.PASSKEY_LINK, reference)

    def _link_tokens(self, purpose: Purpose, reference: str) -> list[str]:
        macs = self._under_all(purpose, reference)
        return [mac[:_TOKEN_LETTERS].translate(_LETTERS) for mac in macs]

    def page_session_digest(self, token: str) -> str:
        return self._first.digest(Purpose.PAGE_SESSION, token)

    def page_session_digests(self, token: str) -> list[str]:
        """The digests under which a page session may be kept: one for each key."""
        return [key.digest(Purpose.PAGE_SESSION, token) for key in self._all.values()]

    def device_tokens(self, account: str) -> list[str]:
        """By what somebody's own account with a messenger is known, like a browser by its cookie.

        Nobody else can make it, so that no cookie passes for one.
        """
        return self._under_all(Purpose.DEVICE, account)

    def form_token(self, visit: str) -> str:
        """What a form must bring along besides the cookie that this value was made from."""
        return self._first.mac(Purpose.FORM, visit)

    def is_form_token(self, token: str, visit: str) -> bool:
        return is_among(token, self._under_all(Purpose.FORM, visit))

    def challenge_digest(self, challenge: str) -> str:
        """Shows that a challenge to a passkey is ours, when a device answers it."""
        return self._first.mac(Purpose.CHALLENGE, challenge)

    def is_challenge_digest(self, digest: str, challenge: str) -> bool:
        return is_among(digest, self._under_all(Purpose.CHALLENGE, challenge))

    def account_digest(self, name: str) -> str:
        """Stands for a typed user name where tries are counted, known names or not."""
        return self._first.mac(Purpose.ACCOUNT, name)

    def account_digests(self, name: str) -> list[str]:
        """What may stand for it: one for each key, the first key's first."""
        return self._under_all(Purpose.ACCOUNT, name)

    def audit_mac(self, entry: str, name: str) -> str:
        """The MAC of the key of that name; raises KeyError when it is not given."""
        return self._all[name].mac(Purpose.AUDIT, entry)

    def webhook_secrets(self, token: str) -> list[str]:
        """What a messenger proves itself with: 64 letters and digits, one for each bot and key."""
        return self._under_all(Purpose.WEBHOOK, token)

    def _under_all(self, purpose: Purpose, text: str) -> list[str]:
        """The first key's stands first."""
        return [key.mac(purpose, text) for key in self._all.values()]

    def seal(self, text: str) -> str:
        """What was typed comes back as it was, with whatever no UTF-8 has (lone surrogates)."""
        return self._fernets.encrypt(text.encode("utf-8", "surrogatepass")).decode()

    def open(self, sealed: str) -> str:
        """Raises `cryptography.fernet.InvalidToken` when sealed with a key that is not here."""
        return self._fernets.decrypt(sealed).decode("utf-8", "surrogatepass")

    def sealed_anew(self, sealed: str) -> str:
        """The same text sealed with the first key, as it is where it already was.

        Raises `cryptography.fernet.InvalidToken` when sealed with a key that is not here.
        """
        return sealed if self.is_newest(sealed) else self._fernets.rotate(sealed).decode()

    def is_newest(self, sealed: str) -> bool:
        """Whether it was sealed with the first key."""
        try:
            self._first.fernet.decrypt(sealed)
        except InvalidToken:
            return False
        return True


def digests_in(candidate: str) -> list[str]:
    """Under which the digits of a candidate may be kept."""
    return candidate.split(_BETWEEN)


def is_same_code(candidate: str, digits: str) -> bool:
    """Whether two are of the same digits: each a candidate, or a digest."""
    kept = digests_in(digits)
    return any(is_among(digest, kept) for digest in digests_in(candidate))


def is_among(given: str, expected: Iterable[str]) -> bool:
    """Whether a text is one of those, in a time that does not tell how much of it fits."""
    return any(hmac.compare_digest(given.encode(), each.encode()) for each in expected)


def named_keys(secret: str) -> dict[str, str]:
    """Return the keys of a setting by name, in order.

    A text in which nothing has a name is one key, whatever its characters are. Raises ValueError
    when a key is shorter than 16 characters, or two have one name.
    """
    pieces = [piece.strip() for piece in secret.split(",")]
    matches = [_NAMED.fullmatch(piece) for piece in pieces]
    if not any(matches):
        named = [(UNNAMED, secret)]
    else:
        pairs = zip(pieces, matches, strict=True)
        named = [(it[1], it[2]) if it else (UNNAMED, piece) for piece, it in pairs]
    keys = dict(named)
    if len(keys) < len(named):
        raise ValueError("two secret keys have the same name")
    if any(len(key) < MINIMUM for key in keys.values()):
        raise ValueError(f"the secret key needs at least {MINIMUM} characters")
    return keys


def _derive(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"foyer: {purpose}".encode()).derive(
        secret.encode()
    )
