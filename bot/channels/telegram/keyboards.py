"""Buttons as Telegram shows them: short ones side by side, a dangerous one in red."""

from collections.abc import Iterator, Mapping, Sequence

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

SHORT, ROW, MOST = 16, 34, 3
"""Characters of a title that may have neighbours, of a row, and how many fit in one."""
STAYS = frozenset({"payload", "copy"})
"""What a button does that leads nowhere."""
CHOSEN = "✓ "

Button = Mapping[str, str]


def keyboard_of(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Return the buttons; sentences stand one below the other."""
    if not buttons:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in _rows(buttons)])


def used(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Return what stays of a keyboard: the button that was chosen, marked as such."""
    chosen = [{**button, "title": CHOSEN + button["title"]} for button in buttons]
    return keyboard_of([{k: v for k, v in button.items() if k != "style"} for button in chosen])


def _rows(buttons: Sequence[Button]) -> Iterator[list[Button]]:
    row: list[Button] = []
    for button in buttons:
        if row and not _fits(button, row):
            yield row
            row = []
        row.append(button)
    if row:
        yield row


def _fits(button: Button, row: Sequence[Button]) -> bool:
    together = [*row, button]
    return (
        len(together) <= MOST
        and all(STAYS & each.keys() and len(each["title"]) <= SHORT for each in together)
        and sum(len(each["title"]) for each in together) <= ROW
    )


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        button["title"],
        callback_data=button.get("payload"),
        url=button.get("url"),
        web_app=WebAppInfo(button["app"]) if "app" in button else None,
        copy_text=CopyTextButton(button["copy"]) if "copy" in button else None,
        style=button.get("style"),
    )
