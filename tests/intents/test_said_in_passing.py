"""What is typed and not meant, kept for oneself, asked with an alternative, or of another thing."""

import pytest

from intents.context import Card
from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read

NOT_PAY = "view_invoice tv_channels data_addons usage voicemail"


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Jo peut avoir toutes les options, y a juste payer la facture que je garde pour moi",
         one("change_rights", "set", JO, services=NOT_PAY)),
        ("fr", "Kevin peut avoir tous les services excepté le paiement de facture, mettez-lui ça",
         one("change_rights", "grant", KEVIN, services=NOT_PAY)),
        ("fr", "Kevin a le droit d'ajouter des données, mais pas de payer la facture, ça non",
         one("change_rights", "grant", KEVIN, services="data_addons")),
        ("en", "Kevin lost his phone and I don't want a stranger in our account, suspend Kevin",
         one("suspend_user", "", KEVIN)),
        ("en", "leave it, he'll give it to me tonight. unlock Tyler in the meantime",
         one("unlock_user", "", TYLER)),
        ("en", "could Hélène be unlocked please", one("unlock_user", "", HELENE)),
        ("en", "could Hélène get a password reset", one("reset_password", "", HELENE)),
        ("en", "give Kevin access to our Netflix password", []),
        ("fr", "donne à Kevin le mot de passe Netflix", []),
        ("fr", "Kevin peut encore payer la facture ou bien c'est fini ça ?", []),
        ("en", "Kevin may add data to his phone, please allow it",
         one("change_rights", "grant", KEVIN, services="data_addons")),
        ("en", ("We had the whole family over and Kevin, my husband, was grumbling. "
               "Let him look after the voicemail himself"),
         one("change_rights", "grant", KEVIN, services="voicemail")),
    ],
)  # fmt: skip
def test_just_what_is_meant_is_wished_for(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "whom", "name"),
    [
        ("en", "rename Kevin to Kevin Haddad, he's taken our name", KEVIN, "Kevin Haddad"),
        ("en", "Tyler's last name should be Gagné, not Gagnon. Please fix it", TYLER, "Gagné"),
        ("en", "Jo's last name is Lavoie now, please update it", JO, "Lavoie"),
        ("fr", "hélène a changé de nom, c'est Hélène Roy maintenant, tu peux corriger?",
         HELENE, "Hélène Roy"),
    ],
)  # fmt: skip
def test_what_somebody_is_called_now_is_their_new_name(
    parser: Parser, language: str, said: str, whom: str, name: str
) -> None:
    reading = read(parser, language, said)
    (wish,) = reading.said()
    assert (wish.intent, wish.about, wish.values["name"]) == ("edit_profile", {whom}, name)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I typed voicemail but I meant the data add-ons"),
        ("fr", "j'ai écrit boîte vocale mais je voulais dire les données"),
    ],
)
def test_what_was_typed_and_not_meant_is_taken_back(
    parser: Parser, language: str, said: str
) -> None:
    card = Card("change_rights", frozenset({JO}), frozenset({"voicemail"}), change="grant")
    reading = read(parser, language, said, card=card)
    assert (reading.services, reading.not_services) == (("data_addons",), ("voicemail",))


def test_the_end_of_a_message_that_was_cut_is_not_read(parser: Parser) -> None:
    said = f"{'Kevin is a good boy, really. ' * 12}Take the data off him please, the rest we touch"
    cut = f"{said} not at all, it is fine."
    assert all("tv_channels" not in wish[3] for wish in heard(parser, "en", cut))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "yes. thank you so much for your patience"),
        ("en", "ok please do, she has an exam tonight"),
        ("en", "back, sorry. Yes go ahead"),
        ("fr", "oui, merci pour votre patience"),
    ],
)
def test_thanks_and_a_reason_behind_a_yes_take_nothing_from_it(
    parser: Parser, language: str, said: str
) -> None:
    assert answer_at_her_card(parser, language, said) == "yes"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "ok, she has changed her mind"),
        ("en", "yes, she is not sure"),
        ("en", "yes but tonight"),
        ("en", "yes thanks for taking Kevin off"),
        ("fr", "oui merci de supprimer Kevin aussi"),
    ],
)
def test_what_turns_round_behind_a_yes_is_no_reason(
    parser: Parser, language: str, said: str
) -> None:
    assert answer_at_her_card(parser, language, said) != "yes"


def answer_at_her_card(parser: Parser, language: str, said: str) -> str:
    card = Card("unlock_user", frozenset({HELENE}))
    return read(parser, language, said, card=card).answer


@pytest.mark.parametrize(
    ("language", "said", "mourns"),
    [
        ("en", "my dad passed away on Sunday", True),
        ("fr", "mon père est décédé dimanche", True),
        ("en", "my phone died", False),
        ("fr", "ma batterie est morte", False),
        ("en", "we buried my nephew Kevin on Saturday", True),
        ("fr", "on a enterré mon oncle samedi", True),
        ("en", "Kevin is buried in homework, take the TV off him", False),
        ("fr", "Kevin est enterré sous les factures, laisse Jo les voir", False),
        ("en", "relax, nobody died", False),
    ],
)
def test_sympathy_is_for_somebody_and_not_for_a_telephone(
    parser: Parser, language: str, said: str, mourns: bool
) -> None:
    reading = read(parser, language, said)
    assert reading.mourns is mourns
