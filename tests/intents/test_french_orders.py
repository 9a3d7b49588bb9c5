"""French orders as people build them: moods of the verb, nouns that wish, what is put aside."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one

CHANGE = "change_rights"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Autorisons Hélène à payer les factures",
         one(CHANGE, "grant", HELENE, services="pay_bill")),
        ("Il est important que vous remettiez la télé à Jo",
         one(CHANGE, "grant", JO, services="tv_channels")),
        ("Faudrait que vous suspendiez Tyler", one("suspend_user", "", TYLER)),
        ("Mettons Kevin en pause", one("suspend_user", "", KEVIN)),
        ("Réactive Hélène, ses vacances sont finies", one("resume_user", "", HELENE)),
        ("Réactive la boîte vocale de Tyler",
         one(CHANGE, "grant", TYLER, services="voicemail")),
    ],
)  # fmt: skip
def test_a_verb_wishes_in_each_of_its_moods(parser: Parser, said: str, meant: Heard) -> None:
    assert heard(parser, "fr", said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Retire Jo du compte, elle étudie à Lyon", one("delete_user", "", JO)),
        ("fr", "Suspendez Kevin, il part à Fort-de-France", one("suspend_user", "", KEVIN)),
        ("en", "remove Kevin, he lives in Abidjan now", one("delete_user", "", KEVIN)),
        ("fr", "donne la télé à Fatou", one(CHANGE, "grant", "Fatou", services="tv_channels")),
        ("fr", "Invitez Bintou Sarr à rejoindre le compte", one("create_user", "", "Bintou Sarr")),
    ],
)
def test_where_somebody_lives_is_nobody(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Accordez à Jo non pas les chaînes mais la consommation",
         one(CHANGE, "grant", JO, services="usage")),
        ("fr", "c'est pas la télé mais la facture que je veux donner à Jo",
         one(CHANGE, "grant", JO, services="view_invoice")),
        ("en", "remove not Kevin but Jo", one("delete_user", "", JO)),
        ("en", "give Jo not only the TV but also the bill",
         one(CHANGE, "grant", JO, services="tv_channels view_invoice")),
        ("en", "don't remove Kevin but give Jo the TV",
         one(CHANGE, "grant", JO, services="tv_channels")),
    ],
)  # fmt: skip
def test_what_is_put_aside_at_once_is_neither_given_nor_taken(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Il faudrait élargir les droits de Kevin à la boîte vocale",
         one(CHANGE, "grant", KEVIN, services="voicemail")),
        ("fr", "les droits de Jo se limitent à la télé",
         one(CHANGE, "set", JO, services="tv_channels")),
        ("fr", "Remplacez les droits de Tyler par l'utilisation",
         one(CHANGE, "set", TYLER, services="usage")),
        ("fr", "donne les droits de Kevin à Jo",
         one(CHANGE, "grant", JO, services="view_invoice usage")),
        ("en", "replace Tyler's access with usage and data",
         one(CHANGE, "set", TYLER, services="usage data_addons")),
        ("en", "add Kevin's rights to hers, I mean Jo's",
         one(CHANGE, "grant", JO, services="view_invoice usage")),
    ],
)  # fmt: skip
def test_rights_that_are_changed_are_those_of_whom_they_are_and_others_are_copied(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Tyler n'a droit qu'à la messagerie, le reste tu l'enlèves",
         one(CHANGE, "set", TYLER, services="voicemail")),
        ("fr", "je ne permets plus à Hélène de voir la facture",
         one(CHANGE, "revoke", HELENE, services="view_invoice")),
        ("fr", "on ne lui laisse plus que la télé, à Kevin",
         one(CHANGE, "set", KEVIN, services="tv_channels")),
        ("fr", "Jo ne verra plus l'utilisation", one(CHANGE, "revoke", JO, services="usage")),
        ("fr", "je ne veux plus que Jo voie la facture",
         one(CHANGE, "revoke", JO, services="view_invoice")),
        ("fr", "sauf la télé, enlève tout à Jo",
         one(CHANGE, "revoke", JO,
             services="view_invoice pay_bill data_addons usage voicemail")),
        ("en", "except the TV, take everything from Jo",
         one(CHANGE, "revoke", JO,
             services="view_invoice pay_bill data_addons usage voicemail")),
    ],
)  # fmt: skip
def test_what_is_left_and_what_is_over(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Merci d'avoir ajouté Jo, enlève-lui la télé",
         one(CHANGE, "revoke", JO, services="tv_channels")),
        ("fr", "Merci pour Kevin, enlève Jo", one("delete_user", "", JO)),
        ("fr", "merci de débloquer Tyler", one("unlock_user", "", TYLER)),
        ("fr", "Merci d'avoir débloqué Tyler si vite", []),
        ("en", "Thanks for adding Jo, now remove Kevin", one("delete_user", "", KEVIN)),
        ("en", "you have unlocked Tyler", []),
        ("fr", "la semaine passée, vous avez suspendu Kevin", []),
        ("fr", "vous avez suspendu Kevin, réactivez-le", one("resume_user", "", KEVIN)),
        ("fr", "Je vous avais demandé de bloquer Jo, levez cette suspension",
         one("resume_user", "", JO)),
        ("fr", "Laisse Kevin comme il est, débarre Tyler", one("unlock_user", "", TYLER)),
        ("en", "leave Kevin as he is", []),
        ("fr", "Jo fait partie de la famille", []),
    ],
)  # fmt: skip
def test_what_was_done_and_what_stays_is_no_wish(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "On voudrait que vous lui bloquiez la télé, à Jo",
         one(CHANGE, "revoke", JO, services="tv_channels")),
        ("fr", "Hélène paiera la facture cet été, il faut lui ouvrir cet accès",
         one(CHANGE, "grant", HELENE, services="pay_bill")),
        ("fr", "Il faut lui ouvrir son compte, à Tyler", one("unlock_user", "", TYLER)),
        ("fr", "enlevez donc le cadenas du compte à Tyler", one("unlock_user", "", TYLER)),
        ("fr", "Tyler et Jo, tous les deux, doivent voir la facture",
         one(CHANGE, "grant", TYLER, JO, services="view_invoice")),
        ("en", "Kevin and Jo, both of them, should see the bill",
         one(CHANGE, "grant", KEVIN, JO, services="view_invoice")),
        ("fr", "Que Jo reçoive un courriel pour changer son mot de passe",
         one("reset_password", "", JO)),
        ("fr", "J'aimerais que notre voisine, Inès Caron, fasse partie du compte",
         [("create_user", "", frozenset({"Inès Caron"}), frozenset())]),
        ("fr", "Faites le nécessaire, ouvrez un compte au nom de Lise Roy",
         one("create_user", "", "Lise Roy")),
        ("fr", "réinvitez Jo", one("resend_invitation", "", JO)),
        ("fr", "Donne à Kevin une permission pour la télé valable dix jours",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("fr", "Jo devrait avoir une nouvelle invitation, l'autre est expirée",
         one("resend_invitation", "", JO)),
    ],
)  # fmt: skip
def test_who_and_what_a_construction_is_about(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Un déblocage pour Tyler et un accès à la facture pour Hélène, ce serait gentil",
         [*one("unlock_user", "", TYLER), *one(CHANGE, "grant", HELENE, services="view_invoice")]),
        ("fr", "lève la suspension de Kevin pis suspends plutôt Jo",
         [*one("resume_user", "", KEVIN), *one("suspend_user", "", JO)]),
        ("en", "resume Kevin and suspend Jo",
         [*one("resume_user", "", KEVIN), *one("suspend_user", "", JO)]),
        ("en", "remove Jo and onboard Gabriel Simard", one("delete_user", "", JO)),
    ],
)  # fmt: skip
def test_two_wishes_keep_their_people(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Donne l'usage à Kevin et à Jo, et à Jo la messagerie",
         [*one(CHANGE, "grant", KEVIN, JO, services="usage"),
          *one(CHANGE, "grant", JO, services="voicemail")]),
        ("en", "give the usage to Kevin and Jo, and to Jo the voicemail",
         [*one(CHANGE, "grant", KEVIN, JO, services="usage"),
          *one(CHANGE, "grant", JO, services="voicemail")]),
        ("fr", "Retirez Jo du compte et embarquez Nora Caron à sa place",
         [*one("delete_user", "", JO), *one("create_user", "", "Nora Caron")]),
        ("en", "remove Jo, Ben Carver in her place",
         [*one("delete_user", "", JO), *one("create_user", "", "Ben Carver")]),
        ("en", "remove Jo, no, Kevin instead", one("delete_user", "", KEVIN)),
        ("fr", "Corrigez les droits de Jo, elle n'aura droit qu'à la télé",
         one(CHANGE, "set", JO, services="tv_channels")),
        ("en", "change Jo's access, she gets just the TV",
         one(CHANGE, "set", JO, services="tv_channels")),
    ],
)  # fmt: skip
def test_what_is_said_twice_of_somebody_is_put_together(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Désactivez Kevin pour le moment", one("suspend_user", "", KEVIN)),
        ("en", "deactivate Kevin for now", one("suspend_user", "", KEVIN)),
        ("fr", "désactivez temporairement Hélène", one("suspend_user", "", HELENE)),
        ("en", "could Jo be temporarily deactivated", one("suspend_user", "", JO)),
        ("fr", "Supprime Kevin pour de bon", one("delete_user", "", KEVIN)),
        ("en", "remove Kevin for good", one("delete_user", "", KEVIN)),
        ("fr", "retire la télé à Kevin pour l'instant",
         one(CHANGE, "revoke", KEVIN, services="tv_channels")),
    ],
)  # fmt: skip
def test_who_is_out_for_now_is_not_removed(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "c'est quoi la différence entre bloquer quelqu'un et le retirer?"),
        ("en", "what's the difference between suspending someone and deleting them?"),
        ("fr", "Kevin est tellement content de pouvoir payer la facture"),
        ("en", "Kevin is so happy to be able to see his usage"),
        ("fr", "Est-ce que Jo aura accès à la télé?"),
    ],
)
def test_what_is_asked_or_felt_is_no_wish(parser: Parser, language: str, said: str) -> None:
    assert heard(parser, language, said) == []


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Tyler aura lui aussi accès à la télé",
         one(CHANGE, "grant", TYLER, services="tv_channels")),
        ("fr", "accès à la messagerie pour Kevin",
         one(CHANGE, "grant", KEVIN, services="voicemail")),
        ("fr", "annule la permission de Jo de changer les chaînes",
         one(CHANGE, "revoke", JO, services="tv_channels")),
        ("fr", "que Jo n'ait plus la télé", one(CHANGE, "revoke", JO, services="tv_channels")),
        ("fr", "Hélène devra pouvoir payer la facture",
         one(CHANGE, "grant", HELENE, services="pay_bill")),
        ("fr", "Que Kevin ne puisse plus se connecter", one("suspend_user", "", KEVIN)),
        ("fr", "Kevin a besoin de pouvoir payer la facture",
         one(CHANGE, "grant", KEVIN, services="pay_bill")),
    ],
)  # fmt: skip
def test_what_is_decreed_is_wished(parser: Parser, language: str, said: str, meant: Heard) -> None:
    assert heard(parser, language, said) == meant
