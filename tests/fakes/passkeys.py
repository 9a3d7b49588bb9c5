"""Passkeys without a device: somebody has one, and uses it behind the link that their chat got."""

import secrets
from datetime import datetime

from storage.database import Database
from storage.households.actors import Holder, Self
from storage.identity.passkey_rows import Passkey
from storage.identity.passkeys import NewPasskey

URL = "http://localhost:8080/passkey/"


def give_passkey(database: Database, member_id: int, name: str = "my phone") -> Passkey:
    """What the page of somebody's account does once their device has made one."""
    made = NewPasskey(name, secrets.token_bytes(16), b"a public key", 0)
    with database.write() as uow:
        actor = Self(member_id, uow.page_sessions.open(member_id))
        uow.passkeys.add(actor, made)
        return uow.passkeys.of(member_id)[-1]


def page_token(database: Database, holder: Holder, task: str = "delete_user") -> str:
    """The token of the page that the chat is led to."""
    with database.write() as uow:
        page = uow.passkey_links.offer(holder, task)
        address = uow.outbox._addresses.filled_in(page.address)
    assert address is not None
    assert address.startswith(URL)
    return address.removeprefix(URL)


def use_passkey(
    database: Database, token: str, used: Passkey, challenged_at: datetime | None = None
) -> None:
    """What the page does once the answer of a device fits."""
    with database.write() as uow:
        uow.passkey_links.confirm(
            token, used, sign_count=1, challenged_at=challenged_at or uow.clock()
        )
