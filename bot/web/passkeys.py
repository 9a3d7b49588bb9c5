"""Passkeys (WebAuthn, level 3): what a browser is asked for, and whether its answer fits.

A passkey is bound to the host of the pages, needs no user name, and opens only after the device
has made sure of its owner: by a finger, a face, a PIN.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from bot.hosts import named
from storage.identity.passkey_rows import Passkey
from storage.identity.passkeys import NewPasskey
from storage.limits import CHALLENGE_LIFETIME

_WANTED = UserVerificationRequirement.REQUIRED
_MILLISECONDS = int(CHALLENGE_LIFETIME.total_seconds() * 1000)


class RefusedAnswerError(ValueError):
    """An answer that is none, or fits neither these pages, nor the challenge, nor the passkey."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a page's script sends: the challenge it was given, and the browser's answer to it."""

    challenge: str
    answer: str


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """These pages, as browsers know them."""

    id: str
    """The host, which passkeys are bound to for as long as they live."""
    origin: str

    @classmethod
    def at(cls, address: str) -> Self:
        """The pages of a public address; a loopback one is `localhost`, since no IP counts."""
        parts = urlsplit(named(address))
        return cls(parts.hostname or "", f"{parts.scheme}://{parts.netloc.lower()}")

    def registration(
        self, challenge: str, *, name: str, handle: bytes, username: str, have: Collection[Passkey]
    ) -> str:
        """What a browser needs in order to make a passkey, as JSON; `name` is that of the site."""
        options = generate_registration_options(
            rp_id=self.id,
            rp_name=name,
            user_id=handle,
            user_name=username,
            challenge=challenge.encode(),
            timeout=_MILLISECONDS,
            exclude_credentials=_described(have),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_WANTED
            ),
        )
        return options_to_json(options)

    def authentication(self, challenge: str, only: Collection[Passkey] = ()) -> str:
        """What a browser needs in order to answer with a passkey of these pages, as JSON.

        With `only` it is asked for one of those.
        """
        options = generate_authentication_options(
            rp_id=self.id,
            challenge=challenge.encode(),
            timeout=_MILLISECONDS,
            allow_credentials=_described(only),
            user_verification=_WANTED,
        )
        return options_to_json(options)

    def registered(self, answer: str, challenge: str, *, name: str) -> NewPasskey:
        """The passkey that a browser has made. Raises RefusedAnswerError."""
        try:
            made = verify_registration_response(
                credential=answer,
                expected_challenge=challenge.encode(),
                expected_rp_id=self.id,
                expected_origin=self.origin,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, TypeError) as error:
            raise RefusedAnswerError from error
        return NewPasskey(name, made.credential_id, made.credential_public_key, made.sign_count)

    def judge(self, answer: str, challenge: str, passkey: Passkey) -> int:
        """How often the passkey says it was used, if the answer is its own.

        Raises RefusedAnswerError.
        """
        try:
            fits = verify_authentication_response(
                credential=answer,
                expected_challenge=challenge.encode(),
                expected_rp_id=self.id,
                expected_origin=self.origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, TypeError) as error:
            raise RefusedAnswerError from error
        return fits.new_sign_count


def credential_of(answer: str) -> bytes:
    """Which passkey an answer says it comes from. Raises RefusedAnswerError."""
    try:
        return base64url_to_bytes(json.loads(answer)["id"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RefusedAnswerError from error


def _described(passkeys: Collection[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=each.credential_id) for each in passkeys]
