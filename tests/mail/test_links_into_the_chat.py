"""Mails that are answered in the chat lead there, by a link and a picture to be scanned."""

from dataclasses import replace
from email.message import EmailMessage

import pytest

from bot.languages import LANGUAGES
from bot.mail.rendering import MailRenderer
from storage.messages.outbox_rows import OutboxRow
from tests.mail.kinds import PARAMETERS, SECRETS
from tests.mail.test_rendering import row as row  # noqa: PLC0414 -- a fixture of the neighbour

CHAT = "https://t.me/FoyerTestBot"


def rendered(renderer: MailRenderer, row: OutboxRow, kind: str, language: str) -> EmailMessage:
    parameters = {"first_name": "Zoé", **PARAMETERS[kind]}
    secrets = SECRETS.get(kind, {})
    mail = replace(row, template=kind, language=language, parameters=parameters, secrets=secrets)
    return renderer.render(mail)


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_is_answered_in_the_chat_and_the_link_stands_alone_on_its_line(
    renderer: MailRenderer, row: OutboxRow, language: str
) -> None:
    known = replace(renderer, chat_address=lambda: CHAT)
    message = rendered(known, row, "access_request", language)
    link = f"{CHAT}?start=decide_request"
    assert link in part(message, "plain").splitlines()
    assert f'href="{link}"' in part(message, "html")
    assert 'src="cid:chat"' in part(message, "html")
    (picture,) = [p for p in message.walk() if p.get_content_type() == "image/png"]
    assert picture["Content-ID"] == "<chat>"
    assert picture.get_payload(decode=True)[:4] == b"\x89PNG"  # type: ignore[index]


def test_as_long_as_nobody_knows_where_the_chat_is_there_is_no_link(
    renderer: MailRenderer, row: OutboxRow
) -> None:
    message = rendered(renderer, row, "access_request", "en")
    assert [p.get_content_type() for p in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert "start=" not in part(message, "plain")


def test_a_mail_that_nobody_answers_in_the_chat_has_no_picture(
    renderer: MailRenderer, row: OutboxRow
) -> None:
    known = replace(renderer, chat_address=lambda: CHAT)
    message = rendered(known, row, "one_time_code", "en")
    assert CHAT not in part(message, "plain")
    assert "image/png" not in [p.get_content_type() for p in message.walk()]
