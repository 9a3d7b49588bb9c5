"""Whether a service is taken or left, however it is said: by the thing, by a loss, by who alone."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read

CHANGE = "change_rights"
TAKEN = one(CHANGE, "revoke", JO, services="tv_channels")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Jo's TV must be removed"),
        ("en", "Jo's TV should be taken away"),
        ("en", "the TV for Jo can be removed"),
        ("en", "Jo's TV needs to be cut"),
        ("en", "make sure Jo's TV is blocked"),
        ("en", "Jo's TV can go"),
        ("en", "I want Jo's TV gone"),
        ("en", "the TV for Jo I want gone"),
        ("fr", "la télé à Jo doit être coupée"),
        ("fr", "il faut que la télé de Jo soit coupée"),
        ("fr", "assurez-vous que la télé de Jo est bloquée"),
        ("fr", "la télé de Jo peut partir"),
        ("en", "I'd sooner Jo didn't have the TV"),
        ("en", "I'd sooner Jo couldn't see the TV"),
    ],
)
def test_a_thing_that_shall_go_is_taken(parser: Parser, language: str, said: str) -> None:
    assert heard(parser, language, said) == TAKEN


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Jo's TV shouldn't be taken away"),
        ("en", "Jo's TV is blocked"),
        ("en", "the TV is gone"),
        ("en", "Jo's TV stays"),
        ("en", "Jo's TV needs to stay"),
        ("en", "Jo shouldn't lose the TV"),
        ("en", "don't let Jo lose the TV"),
        ("en", "I don't want Jo to lose TV"),
        ("en", "Jo must not be removed"),
        ("fr", "la télé de Jo devrait pas être enlevée"),
        ("fr", "faut pas que Jo perde la télé"),
        ("fr", "je veux pas que Jo perde la télé"),
        ("fr", "il faut pas que Jo soit enlevé"),
        ("en", "Jo wants something removed from his account"),
        ("en", "Jo wants his number removed from his account"),
    ],
)
def test_what_stays_is_not_taken(parser: Parser, language: str, said: str) -> None:
    assert heard(parser, language, said) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "only Kevin should pay"),
        ("en", "only Kevin pays from now on"),
        ("en", "let only Kevin pay"),
        ("fr", "seul Kevin paye la facture à partir de maintenant"),
        ("fr", "je veux que juste Kevin paye la facture"),
    ],
)
def test_who_alone_shall_have_it_gets_it_and_the_others_lose_it(
    parser: Parser, language: str, said: str
) -> None:
    assert heard(parser, language, said) == [
        *one(CHANGE, "grant", KEVIN, services="pay_bill"),
        *one(CHANGE, "revoke", HELENE, TYLER, JO, services="pay_bill"),
    ]


def test_who_alone_has_it_already_is_not_given_it_again(parser: Parser) -> None:
    assert heard(parser, "en", "only Kevin should see the bill") == one(
        CHANGE, "revoke", HELENE, TYLER, JO, services="view_invoice"
    )


@pytest.mark.parametrize(
    ("language", "said", "services"),
    [
        ("en", "take away everything that Kevin is able to use, apart from the TV", "all but TV"),
        ("en", "remove all that Kevin uses but the TV", "all but TV"),
        ("fr", "Kevin ne devrait plus pouvoir consulter ni la facture ni l'utilisation",
         "view_invoice usage"),
        ("fr", "Kevin n'a plus à gérer la boîte vocale", "voicemail"),
    ],
)  # fmt: skip
def test_all_that_is_named_is_taken(
    parser: Parser, language: str, said: str, services: str
) -> None:
    every = "view_invoice pay_bill data_addons usage voicemail"
    meant = every if services == "all but TV" else services
    assert heard(parser, language, said) == one(CHANGE, "revoke", KEVIN, services=meant)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "kevin a changé de courriel, mets kevin.lap@example.org"),
        ("fr", "mon plus jeune y veut checker l'utilisation internet, mets-y ça"),
    ],
)
def test_nothing_weighty_is_done_that_only_one_of_two_readers_hears(
    parser: Parser, language: str, said: str
) -> None:
    weighty = {"delete_user", "create_user", CHANGE}
    assert not [wish for wish in read(parser, language, said).wishes if wish.intent in weighty]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Hélène m'a demandé de pouvoir payer la facture. Je refuse sa demande."),
        ("fr", "Kevin veut payer la facture. je refuse"),
    ],
)
def test_what_is_refused_is_not_given_for_having_been_asked(
    parser: Parser, language: str, said: str
) -> None:
    changes = {wish.change for wish in read(parser, language, said).wishes if wish.mood == "wish"}
    assert changes <= {"decline"}


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "I wonder if Jo might be permitted to manage the voicemail.", "voicemail"),
        ("en", "I wonder whether you might be so kind as to let Jo look after the voicemail",
         "voicemail"),
        ("en", "just got off nights, can you let Jo look after the voicemail", "voicemail"),
        ("fr", "je veux que tous aient la télé sauf Kevin, Hélène et Tyler", "tv_channels"),
    ],
)  # fmt: skip
def test_a_polite_or_roundabout_gift_is_given(
    parser: Parser, language: str, said: str, meant: str
) -> None:
    assert heard(parser, language, said) == one(CHANGE, "grant", JO, services=meant)


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "take away the TV Kevin uses",
         one(CHANGE, "revoke", KEVIN, services="tv_channels")),
        ("en", "Jo would like TV before we go", one(CHANGE, "grant", JO, services="tv_channels")),
        ("fr", "mêmes accès pour Jo que Hélène", one(CHANGE, "grant", JO, services="view_invoice")),
    ],
)  # fmt: skip
def test_who_it_is_about_is_not_lost_to_what_is_told_beside(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    "said", ["I wonder if we would lose the TV", "just Kevin can't see the bill"]
)
def test_what_is_wondered_or_reported_takes_nothing(parser: Parser, said: str) -> None:
    assert heard(parser, "en", said) == []


def test_a_new_sentence_takes_nothing_back(parser: Parser) -> None:
    assert heard(parser, "en", "give Jo the TV. I mean, give Tyler the bill") == [
        *one(CHANGE, "grant", JO, services="tv_channels"),
        *one(CHANGE, "grant", TYLER, services="view_invoice"),
    ]
