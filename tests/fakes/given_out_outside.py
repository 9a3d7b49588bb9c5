"""Mailed links, forms, cookies: what people have outside of a chat, and messengers."""

from dataclasses import replace
from http import HTTPStatus

from fastapi import FastAPI

from bot.channels.telegram.webhook import PATH, webhook_router
from storage.identity.links import LinkKind
from storage.keys import Purpose
from tests.fakes.given_out import Foyer, Kind, Still
from tests.fakes.households import acting, mailed, newcomer, start_chat, verify
from tests.web.visits import PASSWORD, Browser

BOT_TOKEN, VISIT, DEVICE = "123:a-token", "the cookie of a browser", "telegram 123 42"


def activation_link(before: Foyer) -> Still:
    return mailed_link(before, "activation")


def reset_link(before: Foyer) -> Still:
    return mailed_link(before, "reset")


def disowning_link(before: Foyer) -> Still:
    return mailed_link(before, "not_me")


def confirming_link(before: Foyer) -> Still:
    return mailed_link(before, "email_confirmation")


def mailed_link(before: Foyer, of_kind: LinkKind) -> Still:
    holder = before.home.holder
    session = verify(before.database, holder.username or "", start_chat(before.database))
    with before.database.write() as uow:
        address = uow.links.issue(of_kind, holder.id, session_id=session.id)
    token = address.rpartition("/")[2]

    def opens(after: Foyer) -> object:
        with after.database.read() as uow:
            return uow.links.peek(token, of_kind)

    return opens


def suggested_user_name(before: Foyer) -> Still:
    """Choosing one costs none of the tries that an invitation has."""
    session = verify(before.database, before.holder, start_chat(before.database))
    with before.database.write() as uow:
        uow.households.create_member(acting(session), newcomer())
    token = mailed(before.database, "activation")["activation_url"].rpartition("/")[2]
    with before.database.read() as uow:
        view = uow.links.peek(token, "activation")
        assert view is not None
        suggested = uow.accounts.suggestions(view, token)

    def is_free(after: Foyer) -> bool:
        with after.database.write() as uow:
            while uow.accounts.may_choose(view, token, "somebody"):
                pass
            return all(uow.accounts.may_choose(view, token, name) for name in suggested)

    return is_free


def known_browser(before: Foyer) -> Still:
    with before.database.write() as uow:
        uow.browsers.remember(VISIT, before.home.holder.id)

    def is_known(after: Foyer) -> bool:
        with after.database.write() as uow:
            known = uow.browsers.knows(VISIT, after.home.holder.id)
            for _ in range(5):  # its tries go on being its own, and are five
                uow.browsers.failed(VISIT, after.home.holder.id)
            return known and not uow.browsers.knows(VISIT, after.home.holder.id)

    return is_known


def known_account_with_a_messenger(before: Foyer) -> Still:
    device = before.keys.device_tokens(DEVICE)[0]
    with before.database.write() as uow:
        uow.browsers.remember(device, before.home.holder.id)

    def is_known(after: Foyer) -> bool:
        with after.database.write() as uow:
            seen = uow.browsers.seen_before(after.keys.device_tokens(DEVICE))
            return seen == device and uow.browsers.knows(seen, after.home.holder.id)

    return is_known


def challenge_to_a_passkey(before: Foyer) -> Still:
    with before.database.read() as uow:
        challenge = uow.passkeys.challenge(VISIT)

    def is_ours(after: Foyer) -> object:
        with after.database.read() as uow:
            assert uow.passkeys.challenged_at("another browser", challenge) is None
            return uow.passkeys.challenged_at(VISIT, challenge)

    return is_ours


def form(before: Foyer) -> Still:
    browser = Browser(before.app)
    token = browser.visit_token("/forgot")

    def is_taken(after: Foyer) -> bool:
        data = {"form_token": token, "username": "somebody"}
        stranger = Browser(after.app)
        stranger.get("/forgot")
        assert stranger.post("/forgot", data=data).status_code == HTTPStatus.FORBIDDEN
        answer = replace(browser, app=after.app).post("/forgot", data=data)
        return answer.status_code != HTTPStatus.FORBIDDEN

    return is_taken


def signed_in_browser(before: Foyer) -> Still:
    browser = Browser(before.app)
    browser.sign_in(before.holder, PASSWORD)
    assert browser.is_signed_in
    return lambda after: replace(browser, app=after.app).is_signed_in


def browser_that_is_named_as_this_one(before: Foyer) -> Still:
    with before.database.write() as uow:
        token = uow.page_sessions.open(before.home.holder.id)

    def is_this(after: Foyer) -> bool:
        with after.database.read() as uow:
            return uow.linked_chats.pages(after.home.holder.id, token)[0].is_this

    return is_this


def objection(before: Foyer) -> Still:
    holder = before.home.holder
    with before.database.write() as uow:
        uow.outbox.mail(
            "deleted", to=holder.email, language="en", parameters={}, member_id=holder.id
        )
        token = uow.outbox.due_mails(1000)[-1].objection_url.rpartition("/")[2]

    def is_heard(after: Foyer) -> object:
        with after.database.read() as uow:
            return uow.objections.links.peek(token)

    return is_heard


def call_of_a_messenger(before: Foyer) -> Still:
    secret = before.keys.webhook_secrets(BOT_TOKEN)[0]

    def is_heard(after: Foyer) -> bool:
        app = FastAPI()
        app.include_router(webhook_router(nobody_listens, after.keys.webhook_secrets(BOT_TOKEN)))
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        assert Browser(app).post(PATH, json={}).status_code == HTTPStatus.FORBIDDEN
        return Browser(app).post(PATH, json={}, headers=headers).status_code == HTTPStatus.OK

    return is_heard


async def nobody_listens(_: object) -> None:
    """What comes in goes nowhere."""


KINDS: tuple[Kind, ...] = (
    (Purpose.TOKEN, activation_link),
    (Purpose.TOKEN, reset_link),
    (Purpose.TOKEN, disowning_link),
    (Purpose.TOKEN, confirming_link),
    (Purpose.TOKEN, suggested_user_name),
    (Purpose.TOKEN, known_browser),
    (Purpose.DEVICE, known_account_with_a_messenger),
    (Purpose.CHALLENGE, challenge_to_a_passkey),
    (Purpose.FORM, form),
    (Purpose.PAGE_SESSION, signed_in_browser),
    (Purpose.PAGE_SESSION, browser_that_is_named_as_this_one),
    (Purpose.SEAL, objection),
    (Purpose.WEBHOOK, call_of_a_messenger),
)
