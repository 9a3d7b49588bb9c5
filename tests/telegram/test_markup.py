"""What stands out in a reply, and that what is read stays what was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.formatting import as_html
from bot.channels.telegram.keyboards import keyboard_of, used
from tests.fakes.tdlib import needs_tdlib, visible
from tests.fakes.telegram.html import visible as seen

CARD = "Please check:\n• Name: Zoé <b>Roy</b>\n• Nom\u00a0: Roy & co\n• no label\nShall I go ahead?"
MARKS = [{"card": True}, {"receipt": "F-000082"}, {"article_id": "tty"}, {}]
lines = st.sampled_from(
    ["• Name: x", "• ", "•", "- a: b", "Yes?", "", "F-000082", "<i>&", "• a\u00a0: </b>", "x" * 300]
)
texts = st.lists(lines, max_size=30).map("\n".join)


def test_the_lines_of_a_card_are_a_quote_with_labels() -> None:
    (card,) = as_html(CARD, {"card": True})
    assert card.split("\n") == [
        "Please check:",
        "<blockquote><b>• Name:</b> Zoé &lt;b&gt;Roy&lt;/b&gt;",
        "<b>• Nom\u00a0:</b> Roy &amp; co",
        "• no label</blockquote>",
        "Shall I go ahead?",
    ]


def test_a_receipt_can_be_copied_and_nothing_else_is() -> None:
    assert as_html("Done <x>. Receipt F-1.", {"receipt": "F-1"}) == (
        "Done &lt;x&gt;. Receipt <code>F-1</code>.",
    )


def test_the_middle_of_a_long_answer_is_folded_and_a_short_one_is_whole() -> None:
    middle = "\n\n".join(f"{n} " + "word " * 30 for n in range(5))
    (folded,) = as_html(f"First.\n\n{middle}\n\nSource.", {"article_id": "x"})
    assert folded.startswith("First.\n\n<blockquote expandable>0 word")
    assert folded.endswith("</blockquote>\n\nSource.")
    assert "blockquote" not in as_html("First.\n\nSecond.\n\nSource.", {"article_id": "x"})[0]
    assert "blockquote" not in as_html(f"First.\n\n{middle}\n\nSource.")[0]


@pytest.mark.parametrize("marks", MARKS)
@given(text=texts)
def test_what_is_read_stays_the_same(marks: dict[str, object], text: str) -> None:
    plain = [seen(part) for part in as_html(text)]
    assert [seen(part) for part in as_html(text, marks)] == plain


@needs_tdlib
@pytest.mark.parametrize("marks", MARKS)
@given(text=texts)
def test_telegram_parses_whatever_stands_out(marks: dict[str, object], text: str) -> None:
    for part in as_html(text, marks):
        assert visible(part)


def test_short_buttons_stand_side_by_side_and_sentences_do_not() -> None:
    titles = ["Yes", "No", "Undo", "More", "Talk to a person, please", "Now"]
    keyboard = keyboard_of([{"title": title, "payload": "b"} for title in titles])
    assert keyboard is not None
    rows = [[button.text for button in row] for row in keyboard.inline_keyboard]
    assert rows == [["Yes", "No", "Undo"], ["More"], ["Talk to a person, please"], ["Now"]]


def test_of_a_used_keyboard_the_choice_stays_and_looks_dangerous_no_more() -> None:
    chosen = used([{"title": "Yes, remove Zoé", "payload": "bA", "style": "danger"}])
    assert chosen is not None
    (button,) = chosen.inline_keyboard[0]
    assert (button.text, button.callback_data, button.style) == ("✓ Yes, remove Zoé", "bA", None)
    assert used([]) is None
