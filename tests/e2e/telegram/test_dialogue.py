"""The main job on Telegram, by typing and by tapping, in polling and webhook mode."""

import re

import pytest

from tests.e2e.telegram.scene import Scene

pytestmark = pytest.mark.slow

MEMBER = "SELECT status FROM member WHERE email = '{}'"


def test_a_person_is_added_by_typing_in_english(scene: Scene) -> None:
    diane, household = scene.person("en"), scene.household()
    diane.say(f"Add Zoé Roy, {household.newcomer}, in French")
    diane.reads("user name")
    diane.say(household.holder)
    diane.reads("code")
    code = scene.code(household)
    diane.say(code)
    texts = [post.text for post in diane.reads("Which services")]
    assert texts[0].startswith("Thank you, Hélène: it is you.")
    assert len(texts) == 2, "only what is missing"
    diane.say("the bills")
    (card,) = diane.reads(household.newcomer)
    assert [
        part for part in ("Zoé Roy", "French", "View the invoice") if part not in card.text
    ] == []
    assert card.titles[0].startswith("Yes")
    diane.say("yes")
    (receipt,) = diane.reads("Receipt")
    assert re.search(r"Receipt F-\d{6}", receipt.text)
    scene.settle()
    assert diane.unread() == []
    assert scene.ledger.column(MEMBER.format(household.newcomer)) == ["invited"]
    assert scene.ledger.rights(household.newcomer) == ["view_invoice"]
    assert [post.text for post in diane.screen if code in post.text] == [], "the code is gone"
    assert receipt.protected


def test_a_person_is_added_by_tapping_in_french(scene: Scene) -> None:
    omar, household = scene.person("fr"), scene.household()
    omar.say(f"Ajoute Zoé Roy, {household.newcomer}, elle a juste besoin de voir les factures")
    omar.reads("nom d'utilisateur")
    omar.say(household.holder)
    omar.reads("code")
    code = scene.code(household)
    omar.say(code)
    card = omar.reads(household.newcomer)[-1]
    assert "français" in card.text
    assert card.titles[0].startswith("Oui")
    omar.tap("Oui")
    omar.reads("Reçu F-")
    scene.settle()
    assert omar.unread() == []
    assert scene.ledger.column(MEMBER.format(household.newcomer)) == ["invited"]
    assert [post.text for post in omar.screen if code in post.text] == []
    scene.api.wait_until(
        lambda: not scene.api.methods.open_queries, what="every tap lost its spinner"
    )


def test_yes_may_be_typed_in_french(scene: Scene) -> None:
    omar, household = scene.person("fr"), scene.household()
    omar.say(f"Ajoute Zoé Roy, {household.newcomer}, elle a juste besoin de voir les factures")
    omar.reads("nom d'utilisateur")
    omar.say(household.holder)
    omar.reads("code")
    omar.say(scene.code(household))
    omar.reads(household.newcomer)
    omar.say("oui")
    omar.reads("Reçu F-")
    assert scene.ledger.column(MEMBER.format(household.newcomer)) == ["invited"]
