"""What a bot may say: its text and its buttons, checked before anybody sees them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.fakes import tdlib
from tests.fakes.telegram.html import visible
from tests.fakes.telegram.parameters import Parameters
from tests.fakes.telegram.refusals import bad_request

MAX_TEXT = 4096
"""UTF-16 units, after entities."""
MAX_CAPTION = 1024
MAX_CALLBACK_DATA = 64
"""Bytes."""
MAX_BUTTONS = 100
MAX_COPIED = 256
STYLES = {None, "danger", "success", "primary"}


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; only one with `data` sends something to the bot."""

    title: str
    data: str | None = None
    url: str | None = None
    app: str | None = None
    copies: str | None = None
    style: str | None = None

    def to_json(self) -> dict[str, Any]:
        does: dict[str, Any] = {
            "callback_data": self.data,
            "url": self.url,
            "web_app": self.app and {"url": self.app},
            "copy_text": self.copies and {"text": self.copies},
            "style": self.style,
        }
        return {"text": self.title, **{name: value for name, value in does.items() if value}}


Keyboard = tuple[tuple[Button, ...], ...]


def units(text: str) -> int:
    """As Telegram counts entities, and at most what it counts where there is a limit."""
    return len(text.encode("utf-16-le")) // 2


def read_caption(parameters: Parameters) -> str:
    """What stands below a picture, as a person sees it; it may be nothing."""
    if not parameters.text("caption"):
        return ""
    seen, _ = read_text(Parameters({**parameters.values, "text": parameters.text("caption")}))
    if units(seen) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return seen


def read_text(parameters: Parameters) -> tuple[str, str]:
    """The text as a person sees it, and as it was sent."""
    sent = parameters.text("text")
    if any("\ud800" <= character <= "\udfff" for character in sent):
        raise bad_request("strings must be encoded in UTF-8")
    match parameters.text("parse_mode"):
        case "":
            seen = sent
        case "HTML":
            seen = visible(sent)
            _ask_telegram(sent, seen)
        case other:
            raise bad_request(f"unsupported parse_mode {other!r}: this bot is to speak HTML")
    seen = seen.strip()
    if not seen:
        raise bad_request("message text is empty" if not sent else "text must be non-empty")
    if units(seen) > MAX_TEXT:
        raise bad_request("message is too long")
    return seen, sent


def _ask_telegram(sent: str, seen: str) -> None:
    """Whatever HTML is sent in any test, Telegram's own parser reads it as this one does."""
    if not tdlib.has_tdlib:
        return
    try:
        read = tdlib.visible(sent)
    except tdlib.HtmlRefusedError as error:
        raise bad_request(f"can't parse entities: {error}") from error
    if read != seen:
        raise bad_request(f"can't parse entities: Telegram reads {read!r}")


def read_keyboard(parameters: Parameters, *, private: bool = True) -> Keyboard:
    markup = parameters.json("reply_markup")
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    keyboard = tuple(
        tuple(_button(button) for button in row) for row in markup.get("inline_keyboard", [])
    )
    if sum(len(row) for row in keyboard) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    if not private and any(button.app for row in keyboard for button in row):
        raise bad_request("BUTTON_TYPE_INVALID")
    return tuple(row for row in keyboard if row)


def _is_address(url: str) -> bool:
    """A host without a dot, such as this machine's name, is none."""
    parts = urlsplit(url)
    return parts.scheme == "tg" or (
        parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    )


def _button(raw: Any) -> Button:
    if not isinstance(raw, dict) or not str(raw.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    data, url = raw.get("callback_data"), raw.get("url")
    app, copies = raw.get("web_app"), raw.get("copy_text")
    if sum(does is not None for does in (data, url, app, copies)) != 1:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    if data is not None and not 0 < len(data.encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if app is not None and not str(app["url"]).startswith("https://"):
        raise bad_request(
            "inline keyboard button Web App URL is invalid: Only HTTPS links are allowed"
        )
    if url is not None and not _is_address(str(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if copies is not None and not 0 < len(copies["text"]) <= MAX_COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if raw.get("style") not in STYLES:
        raise bad_request("invalid button style specified")
    app_url, copied = app and app["url"], copies and copies["text"]
    return Button(raw["text"], data, url, app_url, copied, raw.get("style"))
