"""The language of a person who is added: what the card says, whatever is talked afterwards."""

import pytest

from tests.fakes.changes import Desk
from tests.fakes.playing import Player

NEW = {
    "new_first_name": "Zoé",
    "new_last_name": "Lavoie",
    "new_email": "zoe@example.com",
    "new_services": ["view_invoice"],
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_card_keeps_the_language_in_which_it_was_first_shown(
    desk: Desk, holder: Player, language: str
) -> None:
    holder.language = language
    holder.start("create_user", **NEW)
    holder.language = {"en": "fr", "fr": "en"}[language]
    said = holder.correct(new_last_name="Roy")
    shown = {"en": "Langue : anglais", "fr": "Language: French"}[language]
    assert shown in said
    holder.tap({"en": "Oui", "fr": "Yes"}[language])
    [zoe] = [one for one in desk.household.members if one.first_name == "Zoé"]
    assert zoe.language == language


def test_a_language_that_was_named_stands(holder: Player) -> None:
    assert "Language: French" in holder.start("create_user", **NEW, new_language="fr")
