"""What a mail says and how it looks, for every kind and in both languages."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from bot.languages import LANGUAGES
from bot.mail.catalogue import Catalogue
from bot.mail.rendering import MailRenderer
from bot.texts import placeholders
from storage.messages.outbox_rows import OutboxRow
from tests.fakes.clock import ManualClock
from tests.mail.kinds import KINDS, PARAMETERS, SECRETS

EVERY_MAIL = [(kind, language) for kind in PARAMETERS for language in LANGUAGES]


@pytest.fixture
def row(clock: ManualClock) -> OutboxRow:
    return OutboxRow(
        id=7,
        kind="mail",
        channel="mail",
        conversation_id=None,
        inbox_id=None,
        member_id=None,
        recipient="zoe@example.com",
        receiver=None,
        template="unlocked",
        text=None,
        language="en",
        parameters={"first_name": "Zoé"},
        buttons=[],
        question=None,
        created_at=clock(),
        sent_at=None,
        attempts=0,
        next_attempt_at=clock(),
        dead_at=None,
        error=None,
        secrets={},
    )


def of_kind(row: OutboxRow, kind: str, language: str = "en", **more: Any) -> OutboxRow:
    parameters = {"first_name": "Zoé", **PARAMETERS[kind], **more}
    secrets = SECRETS.get(kind, {})
    return replace(row, template=kind, language=language, parameters=parameters, secrets=secrets)


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body([kind])
    assert part is not None
    content: str = part.get_content()
    return content


def words_of(markup: str) -> list[str]:
    """The words that a reader of the HTML sees."""
    body = markup.partition("<body")[2].partition(">")[2]
    return html.unescape(re.sub(r"<[^>]+>", " ", body)).split()


@pytest.mark.parametrize(("kind", "language"), EVERY_MAIL)
def test_every_mail_is_text_and_html_of_equal_content(
    renderer: MailRenderer, row: OutboxRow, kind: str, language: str
) -> None:
    message = renderer.render(of_kind(row, kind, language))

    text, markup = text_of(message), text_of(message, "html")
    assert message["X-Foyer-Kind"] == KINDS.get(kind, kind)
    assert message["Content-Language"] == language
    assert f'<html lang="{language}">' in markup
    seen = words_of(markup)
    assert [*str(message["Subject"]).split(), *text.replace("\n-- \n", "\n").split()] == seen
    assert "Zoé" in text
    assert not re.search(r"[{}]", text)


def test_every_kind_of_mail_has_its_words() -> None:
    assert set(Catalogue.load().mails) == set(PARAMETERS)


def test_both_languages_say_the_same_with_the_same_values() -> None:
    catalogue = Catalogue.load()
    phrases = [*catalogue.layout.values(), *catalogue.words.values()]
    for mail in catalogue.mails.values():
        phrases += [mail.subject, *(block.phrase for block in mail.body if block.phrase)]
    for phrase in phrases:
        assert set(phrase) == set(LANGUAGES), phrase
        assert set(placeholders(phrase["en"])) == set(placeholders(phrase["fr"])), phrase


@pytest.mark.parametrize(
    ("language", "subject", "chat", "task"),
    [
        ("en", "Your code", "a web chat (reference s1)", "See who is on the account"),
        ("fr", "Votre code", "un clavardage Web (référence s1)", "Voir qui est au compte"),
    ],
)
def test_a_code_stands_alone_and_names_the_chat_and_the_task(  # noqa: PLR0917 - the table's columns
    renderer: MailRenderer, row: OutboxRow, language: str, subject: str, chat: str, task: str
) -> None:
    message = renderer.render(of_kind(row, "one_time_code", language))
    assert message["Subject"] == subject
    assert "0123 4567" in text_of(message).splitlines()
    assert chat in text_of(message)
    assert task in text_of(message)
    assert "01234567" not in message.as_string()


@pytest.mark.parametrize("kind", ["activation", "password_reset", "verification_notice"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_stands_alone_on_its_line(
    renderer: MailRenderer, row: OutboxRow, kind: str, language: str
) -> None:
    message = renderer.render(of_kind(row, kind, language))
    (link,) = SECRETS[kind].values()
    assert text_of(message).splitlines().count(link) == 1
    assert f'href="{link}"' in text_of(message, "html")


def test_a_notice_tells_the_time_of_the_household(renderer: MailRenderer, row: OutboxRow) -> None:
    english = text_of(renderer.render(of_kind(row, "verification_notice")))
    french = text_of(renderer.render(of_kind(row, "verification_notice", "fr")))
    assert "a Telegram chat (reference 42) at 3:30\u202fp.m. on March 2, 2026" in english
    assert "le 2 mars 2026 à 15 h 30" in french.replace("\u00a0", " ")


def test_a_change_tells_when_it_was_even_if_the_mail_is_late(
    renderer: MailRenderer, row: OutboxRow, clock: ManualClock
) -> None:
    clock.advance(hours=5)
    message = renderer.render(of_kind(row, "password_changed"))
    assert "by our team at 10:00\u202fa.m. on March 2, 2026" in text_of(message)
    assert message["Date"].datetime == clock()


@pytest.mark.parametrize(
    ("chat", "words"),
    [
        ("telegram 42", "in a Telegram chat (reference 42)"),
        ("terminal demo", "in a chat in a terminal (reference demo)"),
        ("rest call 555-0199 now", "in a web chat,"),
        ("rest www.evil.example", "in a web chat,"),
        ("pigeon 1", "in a chat (reference 1)"),
        ("Terminal", "in a chat in a terminal,"),
    ],
)
def test_the_name_of_a_chat_smuggles_no_message_into_a_mail(
    renderer: MailRenderer, row: OutboxRow, chat: str, words: str
) -> None:
    assert words in text_of(renderer.render(of_kind(row, "one_time_code", chat=chat)))


def test_a_task_without_a_name_is_said_in_general(renderer: MailRenderer, row: OutboxRow) -> None:
    text = text_of(renderer.render(of_kind(row, "one_time_code", task="conversation")))
    assert "for this task: Verify your identity." in text


def test_a_name_is_shown_as_text_never_as_html(renderer: MailRenderer, row: OutboxRow) -> None:
    message = renderer.render(of_kind(row, "activation", holder_name="<b>Bo</b> {brand}"))
    assert "<b>" not in text_of(message, "html")
    assert "&lt;b&gt;Bo&lt;/b&gt; {brand}" in text_of(message, "html")
    assert "<b>Bo</b> {brand}" in text_of(message)


@pytest.mark.parametrize(
    "recipient",
    [
        "zoe@example.com\r\nBcc: all@example.com",
        "zoe@example.com\nSubject: hello",
        "zoe\r\n@example.com",
        "zoe@",
        "@example.com",
        "zoe",
        "",
    ],
)
def test_an_address_that_would_write_headers_is_refused(
    renderer: MailRenderer, row: OutboxRow, recipient: str
) -> None:
    with pytest.raises(ValueError, match=r".+"):
        renderer.render(replace(row, recipient=recipient))


def test_a_second_receiver_cannot_hide_in_an_address(
    renderer: MailRenderer, row: OutboxRow
) -> None:
    message = renderer.render(replace(row, recipient="a@example.com, b@example.com"))
    (address,) = message["To"].addresses
    assert address.addr_spec == '"a@example.com, b"@example.com'


def test_a_name_with_a_line_break_never_reaches_the_headers(
    renderer: MailRenderer, row: OutboxRow
) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        renderer.render(of_kind(row, "activation", holder_name="Bo\r\nBcc: all@example.com"))


def test_a_domain_with_accents_is_written_as_servers_read_it(
    renderer: MailRenderer, row: OutboxRow
) -> None:
    assert renderer.render(replace(row, recipient="zoe@québec.ca"))["To"] == "zoe@xn--qubec-csa.ca"


def test_the_same_mail_has_the_same_id_and_another_has_another(
    renderer: MailRenderer, row: OutboxRow, clock: ManualClock
) -> None:
    first = renderer.render(row)["Message-ID"]
    clock.advance(minutes=5)
    of_a_new_database = replace(row, created_at=row.created_at + timedelta(seconds=1))
    assert renderer.render(row)["Message-ID"] == first
    assert renderer.render(replace(row, id=8))["Message-ID"] != first
    assert renderer.render(of_a_new_database)["Message-ID"] != first
    assert first.endswith("@foyer.example>")


def test_a_mail_says_that_a_machine_sent_it(renderer: MailRenderer, row: OutboxRow) -> None:
    message = renderer.render(row)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "Foyer <no-reply@foyer.example>"


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        ("rights_changed", "en", "See and Pay (until Tuesday, March 3, at 3:30 p.m.)"),
        ("rights_changed", "fr", "See et Pay (jusqu'au mardi 3 mars à 15 h 30)"),
        ("suspended", "en", "(until Tuesday, March 3, at 3:30 p.m.)"),
    ],
)
def test_what_ends_is_mailed_with_its_day_and_hour_in_the_household_s_time_zone(
    renderer: MailRenderer, row: OutboxRow, kind: str, language: str, said: str
) -> None:
    assert said in " ".join(text_of(renderer.render(of_kind(row, kind, language))).split())


@pytest.mark.parametrize(("kind", "language"), EVERY_MAIL)
def test_every_notice_ends_with_the_way_to_object_and_nothing_else_has_one(
    renderer: MailRenderer, row: OutboxRow, kind: str, language: str
) -> None:
    page = "https://foyer.example/not-agreed/x"
    message = renderer.render(replace(of_kind(row, kind, language), objection_url=page))
    is_there = kind in Catalogue.load().notices
    for part in ("plain", "html"):
        assert (page in text_of(message, part)) is is_there
