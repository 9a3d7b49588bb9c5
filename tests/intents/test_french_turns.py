"""French as it turns: who is left out, what is only told, planned or quoted, and the opposite."""

import pytest

from intents.context import Card
from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read

CHANGE = "change_rights"
NOTHING: Heard = []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Le mois prochain je vais probablement enlever Jo"),
        ("fr", "Un jour faudra que je mette Hélène sur le paiement"),
        ("fr", "À Noël je compte inviter ma nièce Lou"),
        ("fr", "Si jamais Tyler recommence, j'vas le suspendre"),
        ("fr", "Quand Jo aura son compte, je lui donnerai peut-être la télé"),
        ("en", "next month I'll probably remove Jo"),
        ("en", "maybe I will give Kevin the TV"),
        ("en", "if Tyler does it again I will suspend him"),
    ],
)
def test_what_somebody_may_do_some_day_is_no_wish_for_now(
    parser: Parser, language: str, said: str
) -> None:
    assert heard(parser, language, said) == NOTHING


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Kevin part demain, je vais l'enlever", one("delete_user", "", KEVIN)),
        ("fr", "je veux enlever Jo demain", one("delete_user", "", JO)),
        ("fr", "je vais enlever Kevin", one("delete_user", "", KEVIN)),
        ("fr", "enlève peut-être la télé à Jo",
         one(CHANGE, "revoke", JO, services="tv_channels")),
        ("en", "if Tyler does it again, suspend him", one("suspend_user", "", TYLER)),
    ],
)  # fmt: skip
def test_what_somebody_will_have_done_is_a_wish(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Hier votre collègue a débloqué Tyler",
        "Mon ex avait supprimé tout le monde",
        "J'avions point donné la télé à Tyler",
        "J'ai failli effacer Hélène par accident",
        "Je pensais avoir retiré la télé à Tyler",
        "J'ai jamais demandé qu'on coupe Tyler",
        "Imagine que j'enlève tout à Kevin",
        "Kevin m'a dit « enlève donc Tyler »",
        "« Supprime Jo », qu'il m'écrit, Kevin",
        "J'explique à Tyler comment changer son mot de passe",
        "Hélène peut déjà voir la facture",
        "Jo garde la facture et la télé, comme avant",
        "Laisse les droits à Kevin comme y sont",
        "Tyler s'est encore barré, mais laisse-le mariner",
        "on supprime personne",
        "Quelqu'un qu'on supprime, ça se récupère après ?",
        "Ça coûte-tu de quoi, rajouter une personne?",
        "L'invitation de Jo, elle expire quand au juste?",
        "ça prend combien de temps débloquer Tyler",
        "ça donne quoi de suspendre Tyler",
        "faut tu que j'enlève Kevin avant",
        "je devrais-tu enlever Kevin",
        "penses-tu que je devrais suspendre Tyler",
        "supprimer quelqu'un ça efface tu toute",
        "Pas besoin d'un nouveau mot de passe pour Kevin",
        "Pas besoin de la suspendre, Hélène",
    ],
)
def test_what_is_told_quoted_or_asked_is_no_wish(parser: Parser, said: str) -> None:
    assert heard(parser, "fr", said) == NOTHING


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("« Enlève Kevin »", one("delete_user", "", KEVIN)),
        ("Kevin a retiré sa carte, enlève-le", one("delete_user", "", KEVIN)),
        ("Hélène peut pas encore voir la facture, donne-lui ça",
         one(CHANGE, "grant", HELENE, services="view_invoice")),
        ("supprime une personne : Jo", one("delete_user", "", JO)),
        ("Tyler est barré, débarre-le", one("unlock_user", "", TYLER)),
        ("faudrait que tu enlèves Kevin", one("delete_user", "", KEVIN)),
        ("Kevin tu l'enlèves", one("delete_user", "", KEVIN)),
        ("contente-toi d'ôter la facture à Jo",
         one(CHANGE, "revoke", JO, services="view_invoice")),
        ("Les gars, Kevin et Tyler, perdent la télé",
         one(CHANGE, "revoke", KEVIN, TYLER, services="tv_channels")),
        ("Laisse Jo voir la facture", one(CHANGE, "grant", JO, services="view_invoice")),
    ],
)  # fmt: skip
def test_an_order_beside_what_is_told_is_a_wish(parser: Parser, said: str, meant: Heard) -> None:
    assert heard(parser, "fr", said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "À part Hélène, que je garde, supprime toute la gang du compte",
         one("delete_user", "", KEVIN, TYLER, JO)),
        ("en", "apart from Hélène, who stays, remove everybody from the account",
         one("delete_user", "", KEVIN, TYLER, JO)),
        ("fr", "Je garde rien que Kevin. Les trois autres, supprime-les",
         one("delete_user", "", HELENE, TYLER, JO)),
        ("fr", "Refais le mot de passe d'Hélène sans toucher à celui de Kevin",
         one("reset_password", "", HELENE)),
        ("en", "reset Hélène's password without touching Kevin's",
         one("reset_password", "", HELENE)),
        ("fr", "Jo a le droit d'ajouter des données, Hélène par contre, non, elle l'aura pas",
         one(CHANGE, "grant", JO, services="data_addons")),
        ("fr", "donne la télé à Jo, Hélène non",
         one(CHANGE, "grant", JO, services="tv_channels")),
        ("fr", "Enlève Jo. Kevin non.", one("delete_user", "", JO)),
        ("fr", "débloque Tyler mais Kevin non", one("unlock_user", "", TYLER)),
        ("fr", "Enlève Jo, non, Kevin", one("delete_user", "", KEVIN)),
        ("fr", "donne toute à Hélène. Pas les blocs de données par exemple, ça coûte un bras",
         one(CHANGE, "grant", HELENE,
             services="view_invoice pay_bill tv_channels usage voicemail")),
        ("fr", "Jo, je lui laisse voir la facture, et c'est la seule chose : le reste, ça dégage",
         one(CHANGE, "set", JO, services="view_invoice")),
        ("fr", "À part Kevin, qui paie la facture, enlève tout le monde",
         one("delete_user", "", HELENE, TYLER, JO)),
        ("en", "except Kevin, who pays the bill, remove everybody",
         one("delete_user", "", HELENE, TYLER, JO)),
        ("fr", "suspends Kevin sans l'enlever du compte", one("suspend_user", "", KEVIN)),
        ("en", "suspend Kevin without removing him", one("suspend_user", "", KEVIN)),
        ("fr", "donne tout à Jo sans lui donner la facture",
         one(CHANGE, "grant", JO, services="pay_bill tv_channels data_addons usage voicemail")),
        ("fr", "pour Kevin c'est non, donne la télé à Jo",
         one(CHANGE, "grant", JO, services="tv_channels")),
        ("fr", "Lève la suspension de Jo pis laisse celle de Kevin",
         one("resume_user", "", JO)),
        ("fr", "Tyler avait demandé aussi, mais lui on laisse. Donne la télé à Kevin",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
    ],
)  # fmt: skip
def test_who_and_what_is_left_out_stays_as_it_is(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Mon fils Tyler étudie. Sa soeur Hélène l'aide. Il voudrait voir la conso",
         one(CHANGE, "grant", TYLER, services="usage")),
        ("en", "My son Tyler studies. His sister Hélène helps. He would like to see the usage",
         one(CHANGE, "grant", TYLER, services="usage")),
        ("fr", "Hélène et Kevin voient la facture. À elle, enlève-la, lui il la garde",
         one(CHANGE, "revoke", services="view_invoice")),
        ("fr", "Jo a la facture. Enlève-la lui",
         one(CHANGE, "revoke", JO, services="view_invoice")),
    ],
)  # fmt: skip
def test_a_pronoun_stands_for_nobody_of_the_other_kind(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Donne la facture à Jo. Kevin, par contre, enlève-le",
         [*one(CHANGE, "grant", JO, services="view_invoice"), *one("delete_user", "", KEVIN)]),
        ("donne la télé à Jo. Par contre Kevin, retire-lui ça",
         [*one(CHANGE, "grant", JO, services="tv_channels"),
          *one(CHANGE, "revoke", KEVIN, services="tv_channels")]),
        ("Kevin a raison : donne-lui le paiement et enlève-le à elle",
         [*one(CHANGE, "grant", KEVIN, services="pay_bill"),
          *one(CHANGE, "revoke", services="pay_bill")]),
        ("1) débloquer Tyler 2) lui envoyer un lien pour son mot de passe",
         [*one("unlock_user", "", TYLER), *one("reset_password", "", TYLER)]),
        ("Que Jo regarde la conso et que Tyler règle sa messagerie vocale",
         [*one(CHANGE, "grant", JO, services="usage"),
          *one(CHANGE, "grant", TYLER, services="voicemail")]),
        ("Le paiement, c'est moi qui m'en charge. Donne la conso à Kevin",
         one(CHANGE, "grant", KEVIN, services="usage")),
        ("C'est Jo qui suspend le linge, bloque Kevin", one("suspend_user", "", KEVIN)),
        ("Hélène m'a demandé de lui donner la télé. Je lui ai dit que j'allais y penser.", NOTHING),
        ("Kevin m'a dit d'enlever Jo mais je veux pas", NOTHING),
        ("Kevin voulait la facture, j'ai dit non", NOTHING),
        ("j'ai donné la télé à Kevin, là je veux l'enlever",
         one(CHANGE, "revoke", KEVIN, services="tv_channels")),
        ("Jo garde la télé, Kevin la perd",
         one(CHANGE, "revoke", KEVIN, services="tv_channels")),
        ("Hélène m'a demandé de lui donner la télé. Fais-le",
         one(CHANGE, "grant", HELENE, services="tv_channels")),
        ("Remplacez tous les droits de Jo par un seul, la messagerie",
         one(CHANGE, "set", JO, services="voicemail")),
        ("Remettez Kevin en service", one("resume_user", "", KEVIN)),
        ("La pause d'Hélène peut finir", one("resume_user", "", HELENE)),
        ("Jo devrait juste pouvoir changer les chaînes, pas plus. Mets-la à ça.",
         one(CHANGE, "set", JO, services="tv_channels")),
    ],
)  # fmt: skip
def test_each_clause_is_of_whom_it_speaks(parser: Parser, said: str, meant: Heard) -> None:
    assert heard(parser, "fr", said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "supprime Jo du compte!! ah nan laisse tomber jme suis emballée",
        "Bloque Tyler... bah finalement non, touche à rien",
        "mon message pour bloquer Hélène, ce n'était pas pour vous, ignorez ça",
    ],
)
def test_what_is_called_off_in_the_end_is_not_done(parser: Parser, said: str) -> None:
    assert heard(parser, "fr", said) == NOTHING


def test_what_is_left_untouched_beside_a_wish_calls_nothing_off(parser: Parser) -> None:
    said = "Bloque Tyler mais touche à rien d'autre"
    assert heard(parser, "fr", said) == one("suspend_user", "", TYLER)


def test_at_a_card_something_else_is_wished_for_instead(parser: Parser) -> None:
    card = Card("delete_user", people=frozenset({KEVIN}))
    reading = read(parser, "fr", "bof, mets-le juste en pause plutôt, on sait jamais", card=card)
    assert [(w.intent, w.mood) for w in reading.wishes] == [("suspend_user", "wish")]
    assert not reading.waits


def test_at_a_card_what_stays_is_told_apart_from_what_goes(parser: Parser) -> None:
    card = Card("change_rights", frozenset({KEVIN}), frozenset({"pay_bill"}), change="revoke")
    said = "Excusez, c'est la consultation que je veux retirer, le paiement il le garde"
    reading = read(parser, "fr", said, card=card)
    assert (reading.services, reading.not_services) == (("view_invoice",), ("pay_bill",))


@pytest.mark.parametrize(
    "said",
    [
        "oui sans toucher à Kevin",
        "oui, sauf Kevin, que je garde",
        "ouais, Kevin par contre non",
        "oui, probablement",
        "oui, je compte le faire demain",
    ],
)
def test_what_is_put_aside_at_a_card_is_no_yes_to_all_of_it(parser: Parser, said: str) -> None:
    card = Card("delete_user", people=frozenset({KEVIN, JO}))
    assert read(parser, "fr", said, card=card).answer != "yes"
