"""Languages, lengths of time and suppositions that are said of somebody in passing."""

from typing import Any

import pytest

from intents.parser import Parser
from tests.intents.meant import read

KEVIN, TYLER = "id:1", "id:3"


def wishes(parser: Parser, language: str, text: str) -> list[tuple[str, str, list[str], Any]]:
    return [
        (w.mood, w.intent, [who.value for who in w.whom], w.values.get("until"))
        for w in read(parser, language, text).wishes
    ]


@pytest.mark.parametrize(
    ("language", "text", "into"),
    [
        ("fr", "met kevin en francais", "fr"),
        ("fr", "mets Kevin en anglais svp", "en"),
        ("en", "put Kevin in French", "fr"),
        ("en", "please put Kevin in English", "en"),
    ],
)
def test_somebody_put_in_a_language_gets_mails_in_it(
    parser: Parser, language: str, text: str, into: str
) -> None:
    (wish,) = read(parser, language, text).wishes
    assert (wish.mood, wish.intent, wish.values["language"]) == ("wish", "edit_profile", into)
    assert [who.value for who in wish.whom] == [KEVIN]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Kevin est-il en français?"),
        ("fr", "mets pas Kevin en français"),
        ("en", "is Kevin in French?"),
        ("en", "don't put Kevin in French"),
    ],
)
def test_nobody_is_put_in_a_language_by_a_question_or_a_no(
    parser: Parser, language: str, text: str
) -> None:
    assert not read(parser, language, text).said()


@pytest.mark.parametrize(
    ("language", "text", "until"),
    [
        ("fr", "suspend le compte de kevin 3 jours", "3 jours"),
        ("fr", "bloque Kevin une semaine", "une semaine"),
        ("en", "suspend Kevin 3 days", "3 days"),
        ("en", "suspend Kevin's account two weeks", "two weeks"),
        ("fr", "suspends Kevin dans 3 jours", None),
        ("en", "suspend Kevin in 3 days", None),
        ("fr", "suspends Kevin lundi", None),
        ("fr", "Kevin a 3 jours de retard, suspends-le", None),
    ],
)
def test_a_length_right_behind_whom_it_is_about_is_how_long(
    parser: Parser, language: str, text: str, until: str | None
) -> None:
    assert wishes(parser, language, text) == [("wish", "suspend_user", [KEVIN], until)]


@pytest.mark.parametrize(
    ("language", "text", "until"),
    [
        ("fr", "empêche Kevin de se connecter jusqu'à dimanche", "jusqu'à dimanche"),
        ("en", "stop Kevin from signing in until Sunday", "until Sunday"),
        ("en", "prevent Kevin from logging in", None),
    ],
)
def test_who_is_not_to_sign_in_is_suspended(
    parser: Parser, language: str, text: str, until: str | None
) -> None:
    assert wishes(parser, language, text) == [("wish", "suspend_user", [KEVIN], until)]


@pytest.mark.parametrize(
    ("language", "text", "until"),
    [
        ("fr", "mon fils regarde ça jusqu'à deux heures, bref, retirez la télé à Tyler", None),
        ("en", "my son watches until 2 am, anyway, take the TV from Tyler", None),
        ("fr", "retirez la télé à Tyler jusqu'à dimanche, bref, merci", "jusqu'à dimanche"),
        ("en", "take the TV from Tyler until Sunday, anyway, thanks", "until Sunday"),
    ],
)
def test_an_end_told_before_coming_to_the_point_is_no_end(
    parser: Parser, language: str, text: str, until: str | None
) -> None:
    assert wishes(parser, language, text) == [("wish", "change_rights", [TYLER], until)]


@pytest.mark.parametrize(
    ("language", "text", "until"),
    [
        ("fr", "Kevin peut encore payer la facture pendant un mois", "pendant un mois"),
        ("en", "Kevin can still pay the bill for a month", "for a month"),
    ],
)
def test_who_can_still_do_something_for_a_time_has_it_until_then(
    parser: Parser, language: str, text: str, until: str
) -> None:
    assert wishes(parser, language, text) == [("wish", "change_rights", [KEVIN], until)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Kevin peut encore payer la facture"),
        ("en", "Kevin can still pay the bill"),
        ("en", "can Kevin still pay the bill until Sunday?"),
    ],
)
def test_what_somebody_still_does_is_no_wish(parser: Parser, language: str, text: str) -> None:
    assert not read(parser, language, text).said()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Qu'est-ce que Kevin pourrait faire si je lui donnais la télé comme à Jo?"),
        ("en", "what could Kevin do if I gave him the TV like Jo?"),
    ],
)
def test_who_somebody_is_likened_to_is_not_looked_at(
    parser: Parser, language: str, text: str
) -> None:
    assert wishes(parser, language, text) == [("question", "preview_access", [KEVIN], None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "elle a peut-être oublié, pouvez-vous lui rappeler ma demande?"),
        ("en", "could you remind her of my request?"),
    ],
)
def test_who_forgot_a_request_is_reminded_of_it(parser: Parser, language: str, text: str) -> None:
    (wish,) = read(parser, language, text).wishes
    assert (wish.mood, wish.intent, wish.change) == ("wish", "request_status", "remind")
