"""Plain orders in the words of different people: what stands in them is what is wished for."""

import pytest

from intents.context import Card
from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read

CHANGE = "change_rights"
PAYS = frozenset({"pay_bill"})
ALL = "view_invoice pay_bill tv_channels data_addons usage voicemail"


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Je veux que Jo paie la facture", one(CHANGE, "grant", JO, services="pay_bill")),
        ("fr", "Jo paye notre facture désormais", one(CHANGE, "grant", JO, services="pay_bill")),
        ("fr", "Je veux que Jo regarde la facture",
         one(CHANGE, "grant", JO, services="view_invoice")),
        ("fr", "Je ne veux plus que Jo paie la facture, c'est moi qui m'en charge",
         one(CHANGE, "revoke", JO, services="pay_bill")),
        ("fr", "J'veux pu que Jo paye la facture, bloque-lui ça",
         one(CHANGE, "revoke", JO, services="pay_bill")),
        ("fr", "prête la télé à Kevin", one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("en", "lend Kevin the TV", one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("en", "take all the services away from Jo, every one of them",
         one(CHANGE, "revoke", JO, services=ALL)),
        ("en", "I just want Kevin to see his voicemail on top of what he has",
         one(CHANGE, "grant", KEVIN, services="voicemail")),
        ("fr", "j'veux juste que Kevin puisse payer en plus de ce qu'il a",
         one(CHANGE, "grant", KEVIN, services="pay_bill")),
        ("fr", "Kevin a besoin d'autres accès", one(CHANGE, "grant", KEVIN)),
        ("en", "get Kevin removed", one("delete_user", "", KEVIN)),
        ("en", "Except for the voicemail, take everything from Jo",
         one(CHANGE, "revoke", JO, services=ALL.replace(" voicemail", ""))),
        ("fr", "Hormis la boîte vocale, ôte tous ses accès à Jo",
         one(CHANGE, "revoke", JO, services=ALL.replace(" voicemail", ""))),
        ("fr", "Je veux que Jo ait droit à tous les services, sauf la boîte vocale",
         one(CHANGE, "grant", JO, services=ALL.replace(" voicemail", ""))),
        ("en", "Please have Jo's mails come in English", one("edit_profile", "", JO)),
        ("en", "get Jo off the TV page", one(CHANGE, "revoke", JO, services="tv_channels")),
        ("en", "There's no reason Jo should see our bill, mend that",
         one(CHANGE, "revoke", JO, services="view_invoice")),
        ("en", "Hélène gets the voicemail and the TV, and the rest goes",
         one(CHANGE, "set", HELENE, services="voicemail tv_channels")),
        ("en", "Jo can keep the TV but not the bill",
         one(CHANGE, "revoke", JO, services="view_invoice")),
        ("fr", "Jo peut garder la télé mais pas la facture",
         one(CHANGE, "revoke", JO, services="view_invoice")),
        ("en", "Jo must not use the TV but Kevin can",
         [*one(CHANGE, "revoke", JO, services="tv_channels"),
          *one(CHANGE, "grant", KEVIN, services="tv_channels")]),
        ("en", "Leave Kevin's access alone. It's Jo who shouldn't pay the bill any longer",
         one(CHANGE, "revoke", JO, services="pay_bill")),
        ("en", "I want Jo to see and pay the bill",
         one(CHANGE, "grant", JO, services="view_invoice pay_bill")),
        ("fr", "Jo doit pouvoir voir et payer la facture",
         one(CHANGE, "grant", JO, services="view_invoice pay_bill")),
        ("en", "Un-suspend Hélène please", one("resume_user", "", HELENE)),
        ("en", "Kevin has been suspended long enough, let him back in",
         one("resume_user", "", KEVIN)),
        ("en", "Have Hélène's account blocked", one("suspend_user", "", HELENE)),
        ("en", "Could Tyler's password be reset, as it no longer works?",
         one("reset_password", "", TYLER)),
        ("en", "Jo's invite has to go out again", one("resend_invitation", "", JO)),
        ("en", "My son needs data for his trip, so please let Kevin add it",
         one(CHANGE, "grant", KEVIN, services="data_addons")),
        ("en", "have Tyler unlocked please", one("unlock_user", "", TYLER)),
        ("en", "No password reset for Tyler please, I just want him unlocked",
         one("unlock_user", "", TYLER)),
    ],
)  # fmt: skip
def test_a_plain_order_is_taken_by_its_words(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "whom", "name"),
    [
        ("en", "Change Kevin's first name to Simone, it was typed wrong", KEVIN, "Simone"),
        ("fr", "Tyler porte maintenant le nom de famille Gagnon-Roy, merci de le modifier",
         TYLER, "Gagnon-Roy"),
        ("en", ("Kevin got married and took his wife's name, which surprised the whole family. "
               "His last name is now Tessier. Could you change it?"), KEVIN, "Tessier"),
    ],
)  # fmt: skip
def test_a_new_name_is_what_is_called_so(
    parser: Parser, language: str, said: str, whom: str, name: str
) -> None:
    wishes = read(parser, language, said).said()

    assert [(w.intent, {who.value for who in w.whom}, w.values["name"]) for w in wishes] == [
        ("edit_profile", {whom}, name)
    ]


def test_what_somebody_did_far_from_a_name_names_nobody(parser: Parser) -> None:
    said = "Kevin called me at work in the middle of a meeting. He may add data."

    assert heard(parser, "en", said) == one(CHANGE, "grant", KEVIN, services="data_addons")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("take the usage away from kevin until friday, he can have it back after that",
         one(CHANGE, "revoke", KEVIN, services="usage")),
        ("Give Hélène the TV until Sunday, after that take it away again",
         one(CHANGE, "grant", HELENE, services="tv_channels")),
        ("suspend Kevin until Monday, then let him back in", one("suspend_user", "", KEVIN)),
    ],
)  # fmt: skip
def test_what_is_to_be_after_an_end_is_the_end_that_was_said(
    parser: Parser, said: str, meant: Heard
) -> None:
    assert heard(parser, "en", said) == meant
    assert "until" in read(parser, "en", said).said()[0].values


def test_a_turn_behind_an_end_still_takes_it_back(parser: Parser) -> None:
    said = "Take the TV from Jo until Friday, no wait, give Jo the TV"

    assert [wish.change for wish in read(parser, "en", said).said()] == ["grant"]


def test_it_got_cut_off_is_told_and_removes_nobody(parser: Parser) -> None:
    assert heard(parser, "en", "sorry it got cut off, kevin.obrien@example.com") == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I said voicemail but it's the tv I wanted"),
        ("en", "sorry it's the TV I wanted, not voicemail"),
        ("fr", "scuse, j'ai dit boîte vocale mais c'est les chaînes que j'voulais"),
    ],
)
def test_what_was_meant_takes_the_place_of_what_was_said(
    parser: Parser, language: str, said: str
) -> None:
    card = Card(CHANGE, frozenset({TYLER}), frozenset({"voicemail"}), change="grant")

    reading = read(parser, language, said, card=card)

    assert (reading.wishes, reading.services) == ((), ("tv_channels",))
    assert reading.not_services == ("voicemail",)


def test_what_is_no_longer_needed_is_taken_out_of_ones_request(parser: Parser) -> None:
    said = "I don't need the voicemail after all, take that out of my request, leave the tv in"

    (wish,) = read(parser, "en", said).said()

    assert (wish.intent, wish.change, wish.services) == (
        *("request_status", "withdraw"),
        ("voicemail",),
    )


def test_somebody_to_be_added_is_no_person_of_the_account_to_be_changed(parser: Parser) -> None:
    said = (
        "I would like to add Beatrice Lund. Her e-mail is beatrice.lund@example.com, "
        "she speaks English, and she may pay the bill, that is all."
    )

    (wish,) = read(parser, "en", said).said()

    assert (wish.intent, wish.services) == ("create_user", ("pay_bill",))
    assert wish.values["email"] == "beatrice.lund@example.com"


@pytest.mark.parametrize(
    ("language", "said", "card"),
    [
        ("fr", "ben oui toi, fais ça", Card("delete_user", frozenset({TYLER}))),
        ("fr", "oui oui, enlève-moi ça de là", Card("delete_user", frozenset({TYLER}))),
        ("en", "Yes, everything is spelled right", Card("create_user", services=PAYS)),
    ],
)
def test_a_yes_with_an_address_or_for_ones_own_sake_is_a_yes(
    parser: Parser, language: str, said: str, card: Card
) -> None:
    assert read(parser, language, said, card=card).answer == "yes"


@pytest.mark.parametrize(
    ("language", "said", "control"),
    [
        ("fr", "Non, arrêtez tout, je préfère parler à un vrai conseiller", "talk_to_human"),
        ("en", "no, get me a real person", "talk_to_human"),
        ("en", "no agent please", ""),
        ("fr", "non, pas d'agent", ""),
    ],
)
def test_a_person_is_called_behind_a_no_but_not_where_that_is_denied(
    parser: Parser, language: str, said: str, control: str
) -> None:
    assert read(parser, language, said).control == control


@pytest.mark.parametrize(
    "said",
    [
        "I removed my ex from the account years ago, best thing I ever did",
        "We suspended Kevin for a week in March and he was fine",
        "My tenant deleted the invite by accident",
        "I thought about giving Kevin the bill, but decided against it",
        "Kevin wrote that he got the password link and everything is okay",
        "The site locked him out and Tyler laughed",
        "Keep Kevin exactly as he is, nothing needs doing there",
    ],
)
def test_what_somebody_did_or_left_undone_is_no_wish(parser: Parser, said: str) -> None:
    assert heard(parser, "en", said) == []


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("Under no circumstances should Tyler be taken off the account", "delete_user"),
        ("Please don't send Jo another invitation", "resend_invitation"),
    ],
)
def test_what_must_not_be_done_is_refused(parser: Parser, said: str, intent: str) -> None:
    (wish,) = read(parser, "en", said).wishes

    assert (wish.intent, wish.mood) == (intent, "refusal")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Kevin's roommate Maria Santos is to be added, she may see the bill", "Maria Santos"),
        ("I wish to include my brother Declan Byrne on this account", "Declan Byrne"),
        ("Somebody new needs to go on the account: Wei Chen, wei.chen@example.com", "Wei Chen"),
        ("Please add Amir Haddad, who should be able to view the bill", "Amir Haddad"),
    ],
)
def test_whoever_is_new_is_added_and_nobody_else_changes(
    parser: Parser, said: str, name: str
) -> None:
    (wish,) = read(parser, "en", said).said()

    assert (wish.intent, [who.said for who in wish.whom]) == ("create_user", [name])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Does that also let him pay it?"),
        ("en", "is there anyone locked?"),
        ("en", "Is somebody locked?"),
        ("en", "is anyone else locked?"),
        ("fr", "y a-t-il quelqu'un de barré?"),
    ],
)
def test_a_question_changes_nothing(parser: Parser, language: str, said: str) -> None:
    assert heard(parser, language, said) == []
