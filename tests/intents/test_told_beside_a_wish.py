"""What is told beside what is to be done: why somebody goes, a swap, a new name, in a few turns."""

import pytest

from intents.context import Card
from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read

CHANGE = "change_rights"
NOTHING: Heard = []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "donne la télé à Kevin et retire-la à Tyler. C'est un échange entre eux."),
        ("fr", "donner la télé à Kevin et la retirer à Tyler, svp? C'est un échange."),
        ("fr", "on fait un échange entre Kevin et Tyler : donne la télé à Kevin et ôte-la à Tyler"),
        ("en", "give Kevin the TV and take it from Tyler. It's a swap between them."),
    ],
)
def test_a_swap_is_a_noun_and_puts_nobody_out(parser: Parser, language: str, said: str) -> None:
    assert heard(parser, language, said) == [
        *one(CHANGE, "grant", KEVIN, services="tv_channels"),
        *one(CHANGE, "revoke", TYLER, services="tv_channels"),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "échange Kevin contre Zoé Roy"),
        ("fr", "j'aimerais remplacer Kevin par Zoé Roy"),
        ("fr", "Kevin, remplace-le par Zoé Roy"),
        ("en", "swap my son Kevin for Zoé Roy"),
    ],
)
def test_who_is_swapped_for_somebody_new_makes_room(
    parser: Parser, language: str, said: str
) -> None:
    (wish,) = read(parser, language, said).said()
    assert (wish.intent, [who.said for who in wish.whom]) == ("replace_user", ["Kevin", "Zoé Roy"])


@pytest.mark.parametrize("said", ["L'échange est pour Kevin et Tyler", "remplace Kevin par Tyler"])
def test_nobody_makes_room_for_somebody_who_is_there(parser: Parser, said: str) -> None:
    assert heard(parser, "fr", said) == NOTHING


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("supprimez Jo, il n'a jamais répondu à l'invitation", one("delete_user", "", JO)),
        ("supprime Jo, elle a jamais eu son invitation", one("delete_user", "", JO)),
        ("Jo n'a jamais reçu son invitation. Enlève-la donc du compte.",
         one("delete_user", "", JO)),
        ("enlève Tyler, il est barré depuis un mois", one("delete_user", "", TYLER)),
        ("Enlève Tyler, y'a jamais payé sa part", one("delete_user", "", TYLER)),
        ("suspends Jo, elle a jamais répondu à mon invitation", one("suspend_user", "", JO)),
        ("Enlève Jo, ben non, Tyler", one("delete_user", "", TYLER)),
    ],
)  # fmt: skip
def test_what_is_told_of_who_is_to_go_says_why(parser: Parser, said: str, meant: Heard) -> None:
    assert heard(parser, "fr", said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Jo n'a jamais reçu son invitation", one("resend_invitation", "", JO)),
        ("Supprime Kevin. Jo a jamais reçu son invitation.",
         [*one("delete_user", "", KEVIN), *one("resend_invitation", "", JO)]),
        ("Débloque Tyler, il n'a jamais été capable d'entrer", one("unlock_user", "", TYLER)),
        ("Donne la facture à Jo, elle n'a jamais eu la télé",
         one(CHANGE, "grant", JO, services="view_invoice")),
        ("Enlève Jo. Non, jamais!", NOTHING),
    ],
)  # fmt: skip
def test_what_is_told_of_somebody_who_stays_is_done(
    parser: Parser, said: str, meant: Heard
) -> None:
    assert heard(parser, "fr", said) == meant


@pytest.mark.parametrize(
    ("language", "said", "who", "what"),
    [
        ("fr", "pour Jo ce sera uniquement la boîte vocale, pu aucune des autres affaires",
         JO, "voicemail"),
        ("fr", "Jo : juste la télé, plus aucun des autres services", JO, "tv_channels"),
        ("fr", "laisse juste la facture à Jo, aucun des autres services", JO, "view_invoice"),
        ("fr", "plus aucun accès pour Jo, sauf la télé", JO, "tv_channels"),
        ("en", "for Jo it'll only be the voicemail, no more of the other things",
         JO, "voicemail"),
        ("en", "no access for Jo except the TV", JO, "tv_channels"),
    ],
)  # fmt: skip
def test_none_of_the_others_is_nothing_else(
    parser: Parser, language: str, said: str, who: str, what: str
) -> None:
    assert heard(parser, language, said) == one(CHANGE, "set", who, services=what)


@pytest.mark.parametrize(
    ("language", "said", "change", "what"),
    [
        ("fr", "donne la télé à Jo, pas aux autres", "grant", "tv_channels"),
        ("fr", "enlève la télé à Jo et à aucun des autres", "revoke", "tv_channels"),
        ("fr", "enlève la facture à Jo pis pas les autres services", "revoke", "view_invoice"),
        ("fr", "donne à Jo la facture mais pas le reste", "grant", "view_invoice"),
        ("en", "give Jo the TV but not the rest", "grant", "tv_channels"),
        ("en", "take the bill from Jo but not the rest", "revoke", "view_invoice"),
    ],
)
def test_what_is_not_done_to_the_rest_is_done_to_what_is_named(
    parser: Parser, language: str, said: str, change: str, what: str
) -> None:
    assert heard(parser, language, said) == one(CHANGE, change, JO, services=what)


def answers(parser: Parser, language: str, card: Card, said: str) -> str:
    return read(parser, language, said, card=card).answer


TAKES = Card(CHANGE, frozenset({KEVIN}), frozenset({"data_addons"}), (), "revoke")
TAKES_THE_REST = Card(
    CHANGE,
    frozenset({KEVIN}),
    frozenset({"view_invoice", "pay_bill", "data_addons", "usage", "voicemail"}),
    (),
    "revoke",
)
SENDS = Card("reset_password", frozenset({HELENE}))


@pytest.mark.parametrize(
    ("language", "card", "said"),
    [
        ("fr", TAKES, "oui mais vite"),
        ("fr", TAKES, "oui mais fais ça vite, j'ai peur qu'il en rachète"),
        ("fr", TAKES, "oui mais dépêchez-vous"),
        ("en", TAKES, "yes but make it quick"),
        ("en", TAKES, "yes but hurry up"),
        ("fr", SENDS, "bon a dit oui, go"),
        ("fr", SENDS, "elle a dit oui, vas-y"),
        ("en", SENDS, "she said yes, go ahead"),
        ("fr", TAKES_THE_REST, "oui, toute le reste"),
        ("en", TAKES_THE_REST, "yes the rest"),
    ],
)
def test_haste_consent_and_the_rest_stand_beside_a_yes(
    parser: Parser, language: str, card: Card, said: str
) -> None:
    assert answers(parser, language, card, said) == "yes"


@pytest.mark.parametrize(
    ("language", "card", "said"),
    [
        ("fr", TAKES, "oui mais demain"),
        ("fr", TAKES, "oui mais pas trop vite"),
        ("fr", TAKES, "oui mais j'ai peur qu'il se fâche"),
        ("fr", TAKES, "oui mais fais ça vite, j'ai peur de me tromper"),
        ("fr", TAKES, "oui mais vite, enlève la télé aussi"),
        ("fr", TAKES, "oui mais dis-moi vite ce que ça change"),
        ("en", TAKES, "yes but quick question"),
        ("fr", SENDS, "elle a dit non, ok"),
        ("fr", SENDS, "elle a pas répondu, ok"),
        ("fr", SENDS, "elle a dit oui, mais plus tard"),
        ("en", SENDS, "she said no, ok"),
        ("fr", TAKES, "oui, le reste"),
        ("fr", TAKES_THE_REST, "oui, et le reste aussi"),
        ("fr", TAKES_THE_REST, "oui, pas le reste"),
        ("fr", TAKES_THE_REST, "ok mais le reste?"),
    ],
)
def test_a_condition_a_refusal_and_more_than_the_card_are_no_yes(
    parser: Parser, language: str, card: Card, said: str
) -> None:
    assert answers(parser, language, card, said) != "yes"


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "retire la facture à Jo... excuse, je veux dire la télé, la facture il en a besoin",
         one(CHANGE, "revoke", JO, services="tv_channels")),
        ("fr", "ôte la facture à Jo, la télé il en a besoin",
         one(CHANGE, "revoke", JO, services="view_invoice")),
        ("fr", "enlève la facture à Jo, la télé elle s'en sert",
         one(CHANGE, "revoke", JO, services="view_invoice")),
        ("fr", "ôte la facture à Jo, la télé elle y tient",
         one(CHANGE, "revoke", JO, services="view_invoice")),
        ("fr", "donne la facture à Kevin, la télé il en a pas besoin",
         one(CHANGE, "grant", KEVIN, services="view_invoice")),
        ("en", "take the bill from Jo, the TV she needs",
         one(CHANGE, "revoke", JO, services="view_invoice")),
    ],
)  # fmt: skip
def test_what_is_needed_of_somebody_who_loses_something_is_no_wish(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "donne la facture à Kevin, la télé il en a besoin aussi",
         [*one(CHANGE, "grant", KEVIN, services="view_invoice"),
          *one(CHANGE, "grant", KEVIN, services="tv_channels")]),
        ("fr", "ôte la facture à Jo, la télé elle en a plus besoin",
         [*one(CHANGE, "revoke", JO, services="view_invoice"),
          *one(CHANGE, "revoke", JO, services="tv_channels")]),
        ("fr", "Kevin, la télé, il en a besoin",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("en", "give Kevin the bill and the TV he wants",
         one(CHANGE, "grant", KEVIN, services="view_invoice tv_channels")),
    ],
)  # fmt: skip
def test_what_somebody_needs_as_well_or_no_longer_is_one(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "À Ottawa, tout se passe en anglais pour Kevin. Mettez ses courriels en anglais"),
        ("fr", "mets tout en anglais pour Kevin"),
        ("fr", "Tout passe en anglais pour Kevin"),
        ("fr", "tout est en anglais chez Kevin, mets ses courriels en anglais"),
        ("en", "put everything in English for Kevin"),
        ("en", "switch everything to English for Kevin"),
    ],
)
def test_all_in_a_language_is_no_service(parser: Parser, language: str, said: str) -> None:
    (wish,) = read(parser, language, said).said()
    assert (wish.intent, [who.value for who in wish.whom]) == ("edit_profile", [KEVIN])
    assert wish.values["language"] == "en"


@pytest.mark.parametrize(
    ("language", "said", "change"),
    [
        ("fr", "donne tout à Kevin et mets-le en anglais", "grant"),
        ("fr", "tout doit être retiré à Kevin", "revoke"),
        ("fr", "Kevin a droit à tout et il lit en anglais", "grant"),
        ("en", "give Kevin everything and put him in English", "grant"),
    ],
)
def test_all_beside_a_language_is_every_service(
    parser: Parser, language: str, said: str, change: str
) -> None:
    wish = read(parser, language, said).said()[0]
    assert (wish.intent, wish.change, len(wish.services)) == (CHANGE, change, 6)
