"""Codes, numbers and addresses that a chat is given, or that are typed there."""

from functools import partial

from bot.channels.masking import Masks
from bot.dialogue.message import Message
from intents.secrets.private import find_numbers
from storage.households.actors import Holder
from storage.keys import Purpose
from tests.fakes.given_out import Foyer, Kind, Still
from tests.fakes.households import CHAT, PERSON, acting, ask_code, start_chat, verify
from tests.fakes.passkeys import give_passkey, page_token
from tests.fakes.sign_in_links import claim, offer


def code(before: Foyer) -> Still:
    chat = start_chat(before.database)
    digits = ask_code(before.database, before.holder, chat)
    return lambda after: verifies(after, chat, after.keys.candidate(digits))


def code_in_a_message_that_waits(before: Foyer) -> Still:
    chat = start_chat(before.database)
    digits = ask_code(before.database, before.holder, chat)
    masks = Masks(before.keys, find_numbers)
    text = masks.mask(masks.look(f"it is {digits}"))
    return lambda after: verifies(after, chat, Message(text).codes[0])


def code_that_no_agent_may_read(before: Foyer) -> Still:
    chat = start_chat(before.database)
    digits = ask_code(before.database, before.holder, chat)
    elsewhere = start_chat(before.database, "chat-2")

    def is_hidden(after: Foyer) -> bool:
        with after.database.read() as uow:
            return uow.codes.may_be(after.keys.candidate(digits), elsewhere)

    return is_hidden


def verifies(foyer: Foyer, chat: int, candidate: str) -> bool:
    with foyer.database.write() as uow:
        told = uow.codes.redeem(candidate, conversation_id=chat, person_id=PERSON)
    return told.outcome == "verified"


def opens_chat_page(token: str, after: Foyer) -> object:
    with after.database.read() as uow:
        return uow.sign_in_links.peek(token)


def sign_in_link(before: Foyer) -> Still:
    return partial(opens_chat_page, offer(before.database, start_chat(before.database)))


def sign_in_link_in_a_message_that_waits(before: Foyer) -> Still:
    chat = start_chat(before.database)
    with before.database.write() as uow:
        page = uow.sign_in_links.offer(
            conversation_id=chat, person_id=PERSON, chat=CHAT, task="list_users"
        ).page

    def opens(after: Foyer) -> object:
        with after.database.read() as uow:
            address = uow.outbox._addresses.filled_in(page) or ""
        return opens_chat_page(address.rpartition("/")[2], after)

    return opens


def number_of_a_sign_in_page(before: Foyer) -> Still:
    chat = start_chat(before.database)
    digits = claim(before.database, offer(before.database, chat), before.home.holder.id)
    return lambda after: verifies_by_page(after, chat, after.keys.candidate(digits))


def number_in_a_message_that_waits(before: Foyer) -> Still:
    chat = start_chat(before.database)
    digits = claim(before.database, offer(before.database, chat), before.home.holder.id)
    candidate = before.keys.candidate(digits)
    return lambda after: verifies_by_page(after, chat, candidate)


def verifies_by_page(foyer: Foyer, chat: int, candidate: str) -> bool:
    with foyer.database.write() as uow:
        told = uow.sign_in_links.redeem(candidate, conversation_id=chat, person_id=PERSON)
    return told.outcome == "verified"


def signed_in_holder(before: Foyer) -> Holder:
    username = before.holder
    return acting(verify(before.database, username, start_chat(before.database)))


def opens_passkey_page(token: str, after: Foyer) -> object:
    with after.database.read() as uow:
        return uow.passkey_links.peek(token)


def passkey_page(before: Foyer) -> Still:
    give_passkey(before.database, before.home.holder.id)
    return partial(opens_passkey_page, page_token(before.database, signed_in_holder(before)))


def passkey_page_in_a_message_that_waits(before: Foyer) -> Still:
    give_passkey(before.database, before.home.holder.id)
    holder = signed_in_holder(before)
    with before.database.write() as uow:
        button = {"title": "My passkey", "url": uow.passkey_links.offer(holder, "x").address}

    def opens(after: Foyer) -> object:
        with after.database.read() as uow:
            [led] = uow.outbox._addresses.on_buttons([button])
        return opens_passkey_page(led["url"].rpartition("/")[2], after)

    return opens


KINDS: tuple[Kind, ...] = (
    (Purpose.CODE, code),
    (Purpose.CODE, code_in_a_message_that_waits),
    (Purpose.CODE, code_that_no_agent_may_read),
    (Purpose.SIGN_IN_LINK, sign_in_link),
    (Purpose.SIGN_IN_LINK, sign_in_link_in_a_message_that_waits),
    (Purpose.CODE, number_of_a_sign_in_page),
    (Purpose.CODE, number_in_a_message_that_waits),
    (Purpose.PASSKEY_LINK, passkey_page),
    (Purpose.PASSKEY_LINK, passkey_page_in_a_message_that_waits),
)
