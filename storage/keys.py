"""Everything that is derived from the one secret key: keyed digests and sealed texts."""

import base64
import hmac

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MINIMUM = 16
_TOKEN_LETTERS = 32
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


class Keys:
    """One independent key per purpose, by HKDF (RFC 5869) with the purpose as its `info`.

    Raises ValueError when the secret is shorter than 16 characters.
    """

    def __init__(self, secret: str) -> None:
        if len(secret) < _MINIMUM:
            raise ValueError(f"the secret key needs at least {_MINIMUM} characters")
        self._code = _derive(secret, "one-time code")
        self._token = _derive(secret, "link token")
        self._sign_in_link = _derive(secret, "sign-in link")
        self._page_session = _derive(secret, "page session")
        self._form = _derive(secret, "form token")
        self._challenge = _derive(secret, "passkey challenge")
        self._account = _derive(secret, "account name")
        self._audit = _derive(secret, "audit chain")
        self._webhook = _derive(secret, "webhook")
        self._fernet = Fernet(base64.urlsafe_b64encode(_derive(secret, "sealed parameters")))

    def code_digest(self, digits: str) -> str:
        """Stands for an 8-digit one-time code, at rest and in masked messages."""
        return _mac(self._code, digits)

    def token_digest(self, token: str) -> str:
        return _mac(self._token, token)

    def sign_in_token(self, reference: str) -> str:
        """The secret of a sign-in link, made anew from the reference that stands in a message.

        128 bits in 32 letters, so that no part of it is ever taken for a code.
        """
        return _mac(self._sign_in_link, reference)[:_TOKEN_LETTERS].translate(_LETTERS)

    def page_session_digest(self, token: str) -> str:
        return _mac(self._page_session, token)

    def form_token(self, visit: str) -> str:
        """What a form must bring along besides the cookie that this value was made from."""
        return _mac(self._form, visit)

    def challenge_digest(self, challenge: str) -> str:
        """Shows that a challenge to a passkey is ours, when a device answers it."""
        return _mac(self._challenge, challenge)

    def account_digest(self, name: str) -> str:
        """Stands for a typed user name where tries are counted, known names or not."""
        return _mac(self._account, name)

    def audit_mac(self, entry: str) -> str:
        return _mac(self._audit, entry)

    def webhook_secret(self, token: str) -> str:
        """What a messenger proves itself with: 64 letters and digits, one for each bot."""
        return _mac(self._webhook, token)

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises `cryptography.fernet.InvalidToken` when sealed with another key."""
        return self._fernet.decrypt(sealed).decode()


def _derive(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"foyer: {purpose}".encode()).derive(
        secret.encode()
    )


def _mac(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()
