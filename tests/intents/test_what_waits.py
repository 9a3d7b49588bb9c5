"""What waits, what is withdrawn, what comes first, and whose access is the measure."""

import pytest

from intents.context import Card, Wish
from intents.parser import Parser
from tests.intents.written import at_home


def wishes(parser: Parser, language: str, text: str) -> list[tuple[str, str, str]]:
    read = parser.read(parser.look(text), at_home(language)).wishes
    return [(wish.mood, wish.intent, wish.change) for wish in read]


def only_wish(parser: Parser, language: str, text: str) -> Wish:
    (wish,) = parser.read(parser.look(text), at_home(language)).wishes
    return wish


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is anyone waiting on an answer from me?"),
        ("en", "does anybody want anything from me?"),
        ("en", "who needs my approval?"),
        ("en", "anyone waiting for my ok?"),
        ("en", "do I have anything to approve?"),
        ("fr", "est-ce que quelqu'un veut quelque chose de moi?"),
        ("fr", "quelqu'un attend-il une réponse de ma part ?"),
        ("fr", "qui a besoin de mon accord?"),
        ("fr", "quelqu'un attend après moi?"),
        ("fr", "est-ce que tout le monde attend encore ma réponse?"),
    ],
)
def test_whether_anybody_waits_for_an_answer_is_one_question(
    parser: Parser, language: str, text: str
) -> None:
    wish = only_wish(parser, language, text)

    assert (wish.mood, wish.intent, wish.whom) == ("question", "request_status", ())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is Kevin waiting on an answer from me?"),
        ("fr", "Kevin veut-il quelque chose de moi?"),
    ],
)
def test_of_somebody_by_name_it_is_a_question_about_them(
    parser: Parser, language: str, text: str
) -> None:
    assert only_wish(parser, language, text).about == {"id:1"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "does anybody want the TV?"),
        ("en", "does anyone have anything?"),
        ("en", "is anyone waiting on an invitation?"),
        ("fr", "quelqu'un veut la télé?"),
        ("fr", "est-ce que quelqu'un attend son invitation?"),
        ("fr", "est-ce que vous voulez quelque chose de moi?"),
    ],
)
def test_what_is_wanted_of_others_is_no_request(parser: Parser, language: str, text: str) -> None:
    assert all(intent != "request_status" for _, intent, _ in wishes(parser, language, text))


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "you have my approval"), ("fr", "vous avez mon accord"), ("fr", "tu as mon feu vert")],
)
def test_an_approval_is_still_a_yes(parser: Parser, language: str, text: str) -> None:
    card = Card("unlock_user", frozenset({"id:3"}))

    assert parser.read(parser.look(text), at_home(language, card=card)).answer == "yes"


@pytest.mark.parametrize(
    ("language", "text", "services"),
    [
        ("en", "take my request back, turns out i dont need it", ()),
        ("en", "drop my request, it isn't needed", ()),
        ("en", "remove the data from my request, the rest is right", ("data_addons",)),
        ("fr", "retire ma demande, finalement j'en ai pas besoin", ()),
        ("fr", "enlève les blocs de données de ma demande, le reste est correct", ("data_addons",)),
    ],
)
def test_a_request_is_withdrawn_or_a_part_of_it(
    parser: Parser, language: str, text: str, services: tuple[str, ...]
) -> None:
    wish = only_wish(parser, language, text)

    assert (wish.mood, wish.change, wish.services) == ("wish", "withdraw", services)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "don't withdraw my request"),
        ("en", "don't cancel my request, I need it"),
        ("fr", "ne retire pas ma demande"),
    ],
)
def test_a_request_that_is_to_stay_is_not_withdrawn(
    parser: Parser, language: str, text: str
) -> None:
    assert all(mood == "refusal" for mood, _, _ in wishes(parser, language, text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "give Kevin the TV, the rest is fine"),
        ("fr", "donne la télé à Kevin, le reste est correct"),
    ],
)
def test_a_rest_that_is_fine_is_not_given(parser: Parser, language: str, text: str) -> None:
    assert only_wish(parser, language, text).services == ("tv_channels",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "I'd like to pay the bill. Put a note with it for Diane: please, Kevin needs the TV",
        ),
        ("fr", "je veux pouvoir payer la facture, avec un petit mot pour Diane : c'est mon tour"),
    ],
)
def test_a_note_is_passed_on_and_no_wish(parser: Parser, language: str, text: str) -> None:
    reading = parser.read(parser.look(text), at_home(language))

    assert [wish.services for wish in reading.wishes] == [("pay_bill",)]
    assert reading.remark == text.rpartition(": ")[2]
    assert reading.explains


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "before Jo gets her invite again you'll have to fix her address, it's jo.t@example.com",
        ),
        (
            "fr",
            "avant que Jo reçoive l'invitation faudra corriger son adresse, c'est jo.t@example.com",
        ),
    ],
)
def test_what_comes_first_is_what_is_wished(parser: Parser, language: str, text: str) -> None:
    wish = only_wish(parser, language, text)

    assert (wish.intent, wish.about) == ("edit_profile", {"id:4"})
    assert wish.values["email"] == "jo.t@example.com"


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("en", "she has lost it. Could you fire off another one to her?", "resend"),
        ("fr", "envoies-y en une nouvelle anyway", "resend"),
        ("fr", "Pourriez-vous la lui refaire parvenir ?", "resend"),
        (
            "fr",
            "J'ai inscrit Jo, elle me dit qu'elle n'a jamais vu l'invitation",
            "resend_invitation",
        ),
        ("fr", "bon c'est réglé avec lui, tu peux le réactiver", "resume_user"),
        ("en", "it's sorted with him, you can let him back in", "unlock_user"),
    ],
)
def test_it_is_done_and_not_asked_about(
    parser: Parser, language: str, text: str, intent: str
) -> None:
    wish = only_wish(parser, language, text)

    assert (wish.mood, wish.intent) == ("wish", intent)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Kevin, y peux-tu payer la facture?"),
        ("en", "Kevin says the invitation has not been sent to Jo"),
    ],
)
def test_what_asks_or_tells_is_not_done(parser: Parser, language: str, text: str) -> None:
    assert all(mood == "question" for mood, _, _ in wishes(parser, language, text))


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "I've removed Kevin"), ("fr", "j'ai enlevé la télé à Kevin")],
)
def test_what_whoever_writes_did_is_no_wish(parser: Parser, language: str, text: str) -> None:
    assert not wishes(parser, language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "make hélène's access the same as kevin's"),
        ("fr", "mets les accès d'Hélène pareils à ceux de Kevin"),
    ],
)
def test_access_made_equal_is_all_that_there_shall_be(
    parser: Parser, language: str, text: str
) -> None:
    wish = only_wish(parser, language, text)

    assert (wish.change, wish.about) == ("set", {"id:2"})
    assert wish.services == ("view_invoice", "usage")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hélène's access is the same as Kevin's"),
        ("en", "is Hélène's access the same as Kevin's?"),
        ("en", "don't make Hélène's access the same as Kevin's"),
        ("en", "compare Hélène's access with Kevin's"),
        ("en", "Kevin's TV access"),
        ("fr", "pas d'accès à la télé pour Kevin"),
    ],
)
def test_access_that_is_told_of_is_not_given(parser: Parser, language: str, text: str) -> None:
    assert all(mood != "wish" for mood, _, _ in wishes(parser, language, text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "voicemail access for Hélène for three days"),
        (
            "fr",
            "Un accès à la boîte vocale pour Hélène pendant 3 jours, c'est tout ce qu'il me faut",
        ),
    ],
)
def test_access_for_somebody_is_given(parser: Parser, language: str, text: str) -> None:
    wish = only_wish(parser, language, text)

    assert (wish.change, wish.about, wish.services) == ("grant", {"id:2"}, ("voicemail",))
    assert "until" in wish.values
