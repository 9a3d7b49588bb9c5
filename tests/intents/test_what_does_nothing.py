"""Questions, remarks, refusals and what is cut off press nothing and name nobody."""

import pytest

from intents.answers.stated import spelt_anew
from intents.context import Card, Mention
from intents.parser import Parser
from tests.intents.written import at_home

REMOVING = Card("delete_user", frozenset({"id:1"}))
BUTTONS = (("Yes, remove Kevin", "Oui, supprimer Kevin"), ("No, change nothing", "Non"))
ASKED = [
    ("en", "Yes, remove Kevin?"),
    ("en", "1?"),
    ("en", "who is the first one?"),
    ("en", "is it the first one"),
    ("en", "which is the first"),
    ("en", "just the first one please"),
    ("fr", "oui, supprimer Kevin?"),
    ("fr", "c'est qui le premier?"),
    ("fr", "le premier"),
]
CUT = [
    "yes" + " " * 420 + "but wait, not Kevin",
    "yes " * 100 + "no wait not yet",
    "oui" + "\n" * 6000 + "mais pas Kevin",
]
REMARKS = [
    ("en", "remove Kevin. Tyler is nice."),
    ("en", "remove Kevin, I love Tyler"),
    ("en", "unlock Kevin. Hélène says thanks."),
    ("fr", "enlève Kevin. Hélène va être contente"),
    ("fr", "débarre Kevin. Jo est bien fin"),
]
DENIED = [
    ("en", "don't cancel my access request"),
    ("en", "don't put it back the way it was"),
    ("fr", "annule pas ma demande d'accès"),
]


@pytest.mark.parametrize(("language", "text"), ASKED)
def test_what_asks_about_the_buttons_presses_none(parser: Parser, language: str, text: str) -> None:
    context = at_home(language, card=REMOVING, buttons=BUTTONS)
    reading = parser.read(parser.look(text, language_hint=language), context)
    assert not reading.choices
    assert not reading.answer


def test_a_title_or_its_number_presses_its_button(parser: Parser) -> None:
    context = at_home("en", card=REMOVING, buttons=BUTTONS)
    for text in ("yes, remove kevin", "1", "1."):
        assert parser.read(parser.look(text), context).choices == (0,)


@pytest.mark.parametrize("text", CUT)
def test_what_is_not_read_to_its_end_agrees_to_nothing(parser: Parser, text: str) -> None:
    context = at_home("en", card=REMOVING, buttons=BUTTONS)
    reading = parser.read(parser.look(text, language_hint="en"), context)
    assert (reading.answer, reading.choices, reading.control) == ("", (), "")


def test_what_is_invisible_hides_no_words(parser: Parser) -> None:
    text = "yes" + "\u200b" * 420 + "\n" * 400 + "NO"
    assert parser.read(parser.look(text), at_home("en", card=REMOVING)).answer != "yes"


@pytest.mark.parametrize(("language", "text"), REMARKS)
def test_a_remark_about_somebody_else_names_them_for_no_task(
    parser: Parser, language: str, text: str
) -> None:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    assert {one.value for wish in reading.said() for one in wish.whom} == {"id:1"}


@pytest.mark.parametrize(("language", "text"), DENIED)
def test_a_denied_withdrawal_or_undo_is_no_wish(parser: Parser, language: str, text: str) -> None:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    assert not reading.said()


def test_a_message_without_buttons_chooses_none(parser: Parser) -> None:
    for text in ("the last one", "what is the last", "who is the last one"):
        assert not parser.read(parser.look(text), at_home("en")).choices


def test_two_wishes_beside_a_request_are_both_kept(parser: Parser) -> None:
    reading = parser.read(
        parser.look("Kevin asked for TV, it's a yes. Also unlock Tyler"), at_home("en")
    )
    assert [wish.intent for wish in reading.said()] == ["decide_request", "unlock_user"]


def test_a_correction_takes_the_place_of_what_it_corrects(parser: Parser) -> None:
    for text in (
        "give Kevin the voicemail no sorry give it to Jo",
        "give Kevin, no, Jo the voicemail",
    ):
        (wish,) = parser.read(parser.look(text), at_home("en")).said()
        assert [one.value for one in wish.whom] == ["id:4"]


def test_a_name_whatever_its_spelling_is_the_same_name() -> None:
    assert Mention("Ben Ali").is_same("benali")
    assert not Mention("Ben Ali").is_same("Ben")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kevin is coming off a night shift."),
        ("en", "You need not take the TV from Kevin."),
        ("en", "Kevin can't stop watching TV."),
        ("en", "Kevin does not keep his account tidy."),
        ("en", "Remove Kevin's end date."),
        ("en", "Jo is learning French. Kevin should check his email."),
        ("en", "Jo's email bounced. Mine is now margaret@example.com."),
        ("en", "Kevin scratched the TV."),
        ("en", "Kevin's usage is enough to break the bank."),
        ("fr", "Je vire fou, Kevin a encore barré son compte."),
        ("fr", "Kevin gagne sa vie, il paye la facture."),
        ("fr", "Jo a pas besoin de payer la facture, c'est déjà payé."),
        ("fr", "Hélène ne garde pas son compte en ordre."),
        ("fr", "Jo reste sur le compte pour les enfants, ça on y touche pas."),
    ],
)
def test_what_is_said_of_somebody_takes_nothing_from_them(
    parser: Parser, language: str, text: str
) -> None:
    assert not parser.read(parser.look(text), at_home(language)).said()


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("fr", "Donne tout à Kevin à part la facture.", "view_invoice"),
        ("fr", "Donne tous les services à Jo excepté la messagerie.", "voicemail"),
    ],
)
def test_a_service_behind_the_exception_is_what_is_left_out(
    parser: Parser, language: str, text: str, left: str
) -> None:
    [wish] = parser.read(parser.look(text), at_home(language)).said()

    assert wish.about
    assert left not in wish.services


@pytest.mark.parametrize(
    ("said", "standing", "anew"),
    [
        ("careful", "Carl Roy", ""),
        ("frankly", "Frank Roy", ""),
        ("nose", "Rose Cole", ""),
        ("Haddad-Bernier", "Omar Hadad-Bernier", "Omar Haddad-Bernier"),
        ("Kim", "Grace Kin", "Grace Kim"),
    ],
)
def test_a_word_of_every_day_spells_no_name_anew(said: str, standing: str, anew: str) -> None:
    assert spelt_anew([said], standing) == anew


def test_a_length_behind_just_is_no_end(parser: Parser) -> None:
    text = "Remove Kevin, he has been here only two weeks."
    [wish] = parser.read(parser.look(text), at_home("en")).said()

    assert wish.intent == "delete_user"
