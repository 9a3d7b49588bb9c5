"""Whom and what as people put it who dictate, write in a second language, or like a notary."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, heard, one, read

CHANGE = "change_rights"


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("fr", "Jo est au travail. S'il te plaît mon ami, enlève-la", one("delete_user", "", JO)),
        ("fr", "Mon ami, que Jo ait la télé", one(CHANGE, "grant", JO, services="tv_channels")),
        ("en", "remove Jo, my friend", one("delete_user", "", JO)),
        ("en", "remove everybody except Kevin, Tyler and Helen", one("delete_user", "", JO)),
        ("fr", "son accès est désormais verrouillé, à Tyler", one("unlock_user", "", TYLER)),
        (
            "fr",
            "L'accès de Tyler est désormais verrouillé. Veuillez le rétablir.",
            one("unlock_user", "", TYLER),
        ),
        ("fr", "tyler il est lock out", one("unlock_user", "", TYLER)),
        ("en", "Tyler cannot enter any more. Open it again for him", one("unlock_user", "", TYLER)),
        (
            "fr",
            "donne à Jo le droit de la consulter, la facture",
            one(CHANGE, "grant", JO, services="view_invoice"),
        ),
        (
            "en",
            "I would like that Jo has the usage also",
            one(CHANGE, "grant", JO, services="usage"),
        ),
        (
            "en",
            "Kevin wants the TV and Jo wants usage. only doing Jo's",
            one(CHANGE, "grant", JO, services="usage"),
        ),
        (
            "fr",
            "touche pas à Kevin c'est à Jo qu'il faut enlever la télé",
            one(CHANGE, "revoke", JO, services="tv_channels"),
        ),
        (
            "en",
            "Jo is the only one home, so put the voicemail on her",
            one(CHANGE, "grant", JO, services="voicemail"),
        ),
        (
            "fr",
            "enlève à Jo tout ce qu'elle a, sauf la télé. Tout, mais la télé, elle la garde.",
            one(CHANGE, "revoke", JO, services="view_invoice pay_bill data_addons usage voicemail"),
        ),
        ("fr", "mets Jo en suspension", one("suspend_user", "", JO)),
    ],
)
def test_whom_and_what_as_people_put_it(
    parser: Parser, language: str, text: str, meant: object
) -> None:
    assert heard(parser, language, text) == meant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Jo a plus de misère, fait que change rien pis enlève-y rien"),
        ("en", "are there any open requests"),
        ("en", "Kevin can't enter any more in his account"),
    ],
)
def test_nothing_is_taken_where_nothing_is_to_be_taken(
    parser: Parser, language: str, text: str
) -> None:
    taken = [wish for wish in heard(parser, language, text) if wish[0] != "unlock_user"]
    assert taken == []


@pytest.mark.parametrize(
    ("language", "text", "spoken"),
    [
        ("en", "switch Jo's mails to English, she doesn't even read the French ones", "en"),
        ("fr", "y comprend pas un mot de français, fait que écris à Jo en anglais", "en"),
        ("en", "Jo doesn't speak English, write to her in French", "fr"),
    ],
)
def test_a_language_that_somebody_does_not_speak_is_not_theirs(
    parser: Parser, language: str, text: str, spoken: str
) -> None:
    wishes = [wish for wish in read(parser, language, text).wishes if wish.mood == "wish"]
    assert [(wish.intent, wish.values["language"]) for wish in wishes] == [("edit_profile", spoken)]


def test_a_newcomer_who_is_put_right_keeps_the_last_name(parser: Parser) -> None:
    text = "Add Paul Whitmore, paul@example.com. Strike that: Paula, paula@example.com."
    (wish,) = read(parser, "en", text).wishes
    assert (wish.whom[0].said, wish.values["email"]) == ("Paula Whitmore", "paula@example.com")


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        (
            "en",
            "take the TV away from everyone except me and Jo",
            one(CHANGE, "revoke", KEVIN, HELENE, TYLER, services="tv_channels"),
        ),
        (
            "fr",
            "enlève la télé à tout le monde sauf moi pis Jo",
            one(CHANGE, "revoke", KEVIN, HELENE, TYLER, services="tv_channels"),
        ),
        ("en", "remove Kevin and Hélène. Not Hélène, Jo.", one("delete_user", "", KEVIN, JO)),
        ("en", "remove Jo, argh don't", []),
        ("en", "cancel Kevin's payment", []),
        ("en", "I want that person Jo off my account", one("delete_user", "", JO)),
        ("fr", "Gagnons du temps : bloquez Jo.", one("suspend_user", "", JO)),
        (
            "en",
            "Kevin and Jo are nice. Remove the former tenant, Tyler.",
            one("delete_user", "", TYLER),
        ),
        (
            "fr",
            "La suspension de Kevin est suffisante, laisse-le revenir",
            one("resume_user", "", KEVIN),
        ),
        ("fr", "débloque Tyler qui peut rien voir", one("unlock_user", "", TYLER)),
        ("fr", "je dois la télé à Kevin", []),
        ("en", "undo what I did to Tyler yesterday", one("undo_change", "", TYLER)),
    ],
)
def test_what_only_looks_like_it_is_read_for_what_it_says(
    parser: Parser, language: str, text: str, meant: object
) -> None:
    assert heard(parser, language, text) == meant


def test_what_is_only_known_to_one_of_them_is_still_done_to_both(parser: Parser) -> None:
    text = "Remove Kevin and give Jo the TV. Only Jo knows about it."
    assert [intent for intent, *_ in heard(parser, "en", text)] == ["delete_user", CHANGE]
