"""Turns a row of the outbox into a message, in the language of its reader.

Besides its own parameters a mail may name `date` and `time` (of what happened), `by` (who did
it; our team, when the row names nobody), `task` and `chat` in words, and every constant of `Texts`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from importlib.resources import files
from io import BytesIO
from typing import Any, Self

import idna
import segno
from jinja2 import Environment, StrictUndefined, Template

from bot.chats import chat_in_words
from bot.mail.catalogue import Block, Catalogue
from bot.texts import Texts
from storage.clock import Clock
from storage.limits import CODE_DIGITS
from storage.messages.outbox_rows import MailList, OutboxRow

NONE = {"services": "no_services", "granted": "nothing", "revoked": "nothing"}
"""Parameters that are lists, and the word for an empty one."""
LISTING = "several_events"
"""The mail that others are listed in."""


ChatAddress = Callable[[], str | None]
"""Where people find us in a messenger, once that is known."""

PICTURE = "chat"
"""The name of a picture inside a mail: a QR code of the chat."""


@dataclass(frozen=True, slots=True)
class Part:
    """A filled block of a body; `url` is a link's."""

    kind: str
    text: str
    url: str = ""

    @property
    def plain(self) -> str:
        """In the text part; a link stands alone on its line."""
        return f"{self.text}\n{self.url}" if self.url else self.text


@dataclass(frozen=True, slots=True)
class MailRenderer:
    """`tasks` are the names of the flows that a code may be asked for, by language."""

    catalogue: Catalogue
    layout: Template
    texts: Texts
    tasks: Mapping[str, Mapping[str, str]]
    sender: Address
    clock: Clock
    chat_address: ChatAddress = lambda: None

    @classmethod
    def load(
        cls,
        *,
        texts: Texts,
        tasks: Mapping[str, Mapping[str, str]],
        mail_from: str,
        clock: Clock,
        chat_address: ChatAddress = lambda: None,
    ) -> Self:
        """Read the texts and the layout; raises ValueError when `mail_from` is no address."""
        html = files("bot.mail").joinpath("layout.html").read_text("utf-8")
        layout = Environment(autoescape=True, undefined=StrictUndefined).from_string(html)
        name, address = parseaddr(mail_from)
        sender = address_of(address, name)
        return cls(Catalogue.load(), layout, texts, tasks, sender, clock, chat_address)

    def render(self, row: OutboxRow) -> EmailMessage:
        """Text and HTML of equal content; mails that leave as one are listed one after the other.

        Raises ValueError for a receiver that is no address, KeyError for a kind that is not in
        the catalogue or a parameter that is missing.
        """
        listed = row.mails if isinstance(row, MailList) and row.others else ()
        head = replace(row, template=LISTING) if listed else row
        subject = self._subject(head)
        say = self.catalogue.layout
        values = self._values(head)
        parts = [Part("paragraph", self._fill(say["greeting"], head, values)), *self._body(head)]
        for mail in listed:
            parts += [Part("heading", self._subject(mail)), *self._body(mail)]
        footer = self._fill(say["footer"], row, values)
        message = self._headed(head, subject)
        text = "\n\n".join([*(part.plain for part in parts), "-- \n" + footer])
        html = self.layout.render(
            language=row.language,
            subject=subject,
            parts=parts,
            footer=footer,
            picture=PICTURE,
            scan=self._fill(say["scan"], row, {}),
        )
        message.set_content(text + "\n", cte="quoted-printable")
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        draw_chats(message, parts)
        message["Content-Language"] = row.language  # before, it would have become the text part's
        return message

    def _subject(self, row: OutboxRow) -> str:
        return self._fill(self.catalogue.mails[row.template].subject, row, self._values(row))

    def _body(self, row: OutboxRow) -> list[Part]:
        values, mail = self._values(row), self.catalogue.mails[row.template]
        said = (block for block in mail.body if self._stands(block, values))
        return [*(self._part(block, row, values) for block in said), *self._objection(row)]

    def _stands(self, block: Block, values: Mapping[str, Any]) -> bool:
        """Whether a block is said: what it is about is there, and the chat that it leads to."""
        leads = block.kind != "chat" or self.chat_address() is not None
        return leads and (not block.when or bool(values.get(block.when)))

    def _objection(self, row: OutboxRow) -> list[Part]:
        """The way to say that this was not agreed, at the end of what one mail tells."""
        if not row.objection_url or not self.catalogue.mails[row.template].objectionable:
            return []
        say = self.catalogue.layout
        lead, label = (self._fill(say[name], row, {}) for name in ("objection", "objection_link"))
        return [Part("small", lead), Part("small link", label, row.objection_url)]

    def _headed(self, row: OutboxRow, subject: str) -> EmailMessage:
        """The same Message-ID for every attempt: receivers recognise a mail that came twice."""
        message = EmailMessage(policy=SMTP)
        message["From"] = self.sender
        message["To"] = address_of(row.recipient or "")
        message["Subject"] = subject
        message["Date"] = format_datetime(self.clock())
        message["Message-ID"] = f"<{row.id}.{row.created_at:%Y%m%d%H%M%S%f}@{self.sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Foyer-Kind"] = self.catalogue.mails[row.template].kind
        return message

    def _part(self, block: Block, row: OutboxRow, values: Mapping[str, Any]) -> Part:
        if block.kind == "code":
            half = CODE_DIGITS // 2
            digits = row.secrets[block.secret]
            return Part("code", f"{digits[:half]} {digits[half:]}")
        text = self._fill(block.phrase, row, values)
        if block.kind == "chat":
            return Part("chat", text, f"{self.chat_address()}?start={block.secret}")
        return Part(block.kind, text, row.secrets[block.secret] if block.secret else "")

    def _values(self, row: OutboxRow) -> dict[str, Any]:
        """The row's parameters, in the shapes that `Texts` fills in."""
        given = row.parameters
        when = given.get("when", row.created_at.isoformat())
        values = {"by": {"response": "our_team"}, **given}
        values |= {"date": {"date": when}, "time": {"time": when}}
        if "until" in given:
            values |= {
                "until_date": {"date": given["until"]},
                "until_time": {"time": given["until"]},
            }
        if "task" in given:
            values["task"] = self.tasks.get(given["task"], {"response": "unnamed_task"})
        if "chat" in given:
            values["chat"] = chat_in_words(given["chat"], self.catalogue.words)
        for name, none in NONE.items():
            if name in given:
                values[name] = given[name] or {"response": none}
        if "changed" in given:
            values["changed"] = [{"response": f"changed_{name}"} for name in given["changed"]]
        return values

    def _fill(self, phrase: Mapping[str, str], row: OutboxRow, values: Mapping[str, Any]) -> str:
        return self.texts.fill(phrase[row.language], row.language, values, self._word)

    def _word(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        return self.texts.fill(self.catalogue.words[name][language], language, values, self._word)


def draw_chats(message: EmailMessage, parts: Sequence[Part]) -> None:
    """Put the QR code of a link into the chat beside the HTML, for those who read on a computer."""
    leads = [part.url for part in parts if part.kind == "chat"]
    html = message.get_body(("html",))
    if leads and isinstance(html, EmailMessage):
        drawn = BytesIO()
        segno.make(leads[0], micro=False, error="m").save(drawn, kind="png", scale=4, border=4)
        html.add_related(drawn.getvalue(), "image", "png", cid=f"<{PICTURE}>")


def address_of(text: str, name: str = "") -> Address:
    """An address for a header, its domain in the ASCII form that every server takes.

    That form is IDNA 2008's (RFC 5891): by that of 2003 a mail to `faß.de` goes to `fass.de`,
    which is somebody else's. It is not judged further: an address on file is tried. Raises
    ValueError when it is none, which includes every attempt to end the header's line.
    """
    local, _, domain = text.rpartition("@")
    if not local or not domain:
        raise ValueError("this is no e-mail address")
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise ValueError("its domain is none") from None  # the error would quote it
    return Address(name, local, domain)
