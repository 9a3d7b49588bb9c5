"""What is told in passing changes nothing of a wish; what stays, and whom "them" means."""

import pytest

from intents.parser import Parser
from tests.intents.written import at_home

Heard = list[tuple[set[str], str, str, set[str]]]


def heard(parser: Parser, language: str, text: str) -> Heard:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    return [
        ({who.value for who in wish.whom}, wish.intent, wish.change, set(wish.services))
        for wish in reading.wishes
        if wish.mood == "wish"
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Kevin stays for the weekend and there is nothing on for a boy his age. Give him TV",
        ),
        ("en", "give Kevin the TV, he'll never let me hear the end of it"),
        ("en", "give Kevin TV. I'd set that up myself if I could"),
        ("en", "Kevin can have the TV, but the paying stays with me"),
        ("fr", "donne la télé à Kevin, y'ont toute oublié ça icitte"),
    ],
)
def test_what_is_only_told_takes_nothing_away_and_adds_nobody(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text) == [({"id:1"}, "change_rights", "grant", {"tv_channels"})]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "voicemail for Kevin and Tyler pls"),
        ("fr", "la boîte vocale pour Kevin pis Tyler svp"),
    ],
)
def test_a_service_for_somebody_is_a_gift(parser: Parser, language: str, text: str) -> None:
    [(whom, _, change, services)] = heard(parser, language, text)
    assert (whom, change, services) == ({"id:1", "id:3"}, "grant", {"voicemail"})


def test_them_is_everybody_who_was_named(parser: Parser) -> None:
    text = "Kevin and Jo both forgot their passwords over the holidays. send them each a reset link"
    [(whom, intent, _, _)] = heard(parser, "en", text)
    assert (whom, intent) == ({"id:1", "id:4"}, "reset_password")


def test_what_one_may_not_is_taken_from_that_one(parser: Parser) -> None:
    text = "Kevin can view the invoice til Friday. and Jo cant pay the bill anymore"
    wishes = heard(parser, "en", text)
    assert ({"id:4"}, "change_rights", "revoke", {"pay_bill"}) in wishes
    assert not any("id:1" in whom for whom, _, change, _ in wishes if change == "revoke")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "his father and I agreed: Kevin is locked out of the account for a week"),
        ("fr", "Kevin est barré pendant une semaine, on est d'accord"),
    ],
)
def test_who_is_locked_until_a_day_is_suspended(parser: Parser, language: str, text: str) -> None:
    assert [(whom, intent) for whom, intent, *_ in heard(parser, language, text)] == [
        ({"id:1"}, "suspend_user")
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "cancel Jo's invitation"),
        ("fr", "annule l'invitation de Jo, finalement elle vient pu rester chez nous"),
    ],
)
def test_an_invitation_that_is_called_off_removes_who_was_invited(
    parser: Parser, language: str, text: str
) -> None:
    assert [(whom, intent) for whom, intent, *_ in heard(parser, language, text)] == [
        ({"id:4"}, "delete_user")
    ]


def test_a_noun_that_sounds_like_a_verb_does_nothing_and_a_verb_behind_he_does(
    parser: Parser,
) -> None:
    assert heard(parser, "en", "Kevin is here, he found it written down in his locker") == []
    said = "je veux juste que Kevin ne puisse plus toucher aux chaînes"
    [(whom, _, change, services)] = heard(parser, "fr", said)
    assert (whom, change, services) == ({"id:1"}, "revoke", {"tv_channels"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "lol my brother killed me at fortnite again, just for that take the TV off Jo"),
        ("en", "Tyler yelled at me again, so for that remove the TV from Jo"),
        ("fr", "lol mon frère m'a encore tuée à fortnite, pour la peine enlève la télé à Jo"),
        ("fr", "ma mère m'a chicané, donc là enlève la télé à Jo"),
        ("fr", "Tyler m'a crié dessus hier, pour la peine enlève la télé à Jo"),
    ],
)
def test_an_aside_that_names_somebody_is_not_about_whom_the_order_is(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text) == [({"id:4"}, "change_rights", "revoke", {"tv_channels"})]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Jo bugs me, just for that take her TV"),
        ("fr", "Jo m'a encore achalé, pour la peine enlève-lui la télé"),
    ],
)
def test_a_pronoun_behind_an_aside_is_whoever_that_named(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text) == [({"id:4"}, "change_rights", "revoke", {"tv_channels"})]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "A lady helps me, Claudette Morin. She will look at the bills for me, not pay them."
                " Her email is c@example.com. Can you add her to the account?"
            ),
        ),
        (
            "fr",
            (
                "Une madame m'aide, Claudette Morin. Elle va regarder les factures pour moi, pas"
                " les payer. Son courriel c'est c@example.com. Peux-tu l'ajouter au compte?"
            ),
        ),
    ],
)
def test_a_newcomer_of_whom_is_told_is_added_by_the_order_at_the_end(
    parser: Parser, language: str, text: str
) -> None:
    said = [({"Claudette Morin"}, "create_user", "", {"view_invoice"})]
    assert heard(parser, language, text) == said


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("en", "Kevin wants the TV. Add it to his account", "change_rights"),
        ("fr", "Kevin veut la télé. Ajoute-la à son compte", "change_rights"),
        ("en", "Kevin looks at the bills. Take him off the account", "delete_user"),
        ("fr", "Kevin regarde les factures. Enlève-le du compte", "delete_user"),
    ],
)
def test_somebody_is_put_on_or_off_an_account_and_a_service_on_somebodys(
    parser: Parser, language: str, text: str, intent: str
) -> None:
    assert [(whom, said) for whom, said, *_ in heard(parser, language, text)] == [
        ({"id:1"}, intent)
    ]


def language_of(parser: Parser, language: str, text: str) -> list[tuple[set[str], object]]:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    return [(wish.about, wish.values.get("language")) for wish in reading.said("wish")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Kevin prefers English, can you put his mails in that language?", ("id:1", "en")),
        ("en", "Jo reads French better, change her language please", ("id:4", "fr")),
        ("en", "Kevin speaks English. Put Jo's mails in the same language", ("id:4", "en")),
        ("fr", "Kevin préfère l'anglais, peux-tu mettre ses courriels dans cette langue?",
         ("id:1", "en")),
        ("fr", "Jo parle mieux français, change sa langue", ("id:4", "fr")),
        ("fr", "Kevin parle anglais. Mets les courriels de Jo dans cette langue", ("id:4", "en")),
    ],
)  # fmt: skip
def test_that_language_is_the_one_just_named(
    parser: Parser, language: str, text: str, expected: tuple[str, str]
) -> None:
    whom, meant = expected
    assert language_of(parser, language, text) == [({whom}, meant)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kevin speaks English. Change my language"),
        ("en", "Kevin speaks English. Change Jo's language"),
        ("en", "Kevin speaks English, don't change his language"),
        ("en", "Kevin speaks English. Did you change his language?"),
        ("fr", "Kevin parle anglais. Change ma langue"),
        ("fr", "Kevin parle anglais. Change la langue de Jo"),
        ("fr", "Kevin parle anglais, change pas sa langue"),
        ("fr", "Jo ne parle pas anglais, change sa langue"),
    ],
)
def test_a_language_is_not_guessed_for_anybody_else(
    parser: Parser, language: str, text: str
) -> None:
    assert not any(meant for _, meant in language_of(parser, language, text))
