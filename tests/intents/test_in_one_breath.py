"""Several people in one breath: each is read with what belongs to them, and nothing is added."""

import pytest

from intents.context import Card
from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read

CHANGE = "change_rights"
ALL = "view_invoice pay_bill tv_channels data_addons usage voicemail"


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "Hand the bill paying over from Kevin to Hélène.",
         one(CHANGE, "grant", HELENE, services="pay_bill")
         + one(CHANGE, "revoke", KEVIN, services="pay_bill")),
        ("en", "hand the TV over from Tyler to Kevin and Jo",
         one(CHANGE, "grant", KEVIN, JO, services="tv_channels")
         + one(CHANGE, "revoke", TYLER, services="tv_channels")),
        ("en", "Copy the TV from Kevin to Hélène",
         one(CHANGE, "grant", KEVIN, HELENE, services="tv_channels")),
        ("en", "give the TV back to Kevin", one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("fr", "donne la télé à Kevin et à Jo",
         one(CHANGE, "grant", KEVIN, JO, services="tv_channels")),
        ("en", "Get rid of Jo, and Kevin should be able to pay the bill from now on",
         one("delete_user", "", JO) + one(CHANGE, "grant", KEVIN, services="pay_bill")),
        ("en", "unlock Tyler, Jo and Kevin should be able to pay",
         one("unlock_user", "", TYLER) + one(CHANGE, "grant", JO, KEVIN, services="pay_bill")),
        ("en", "Kevin and Jo should have TV",
         one(CHANGE, "grant", KEVIN, JO, services="tv_channels")),
        ("en", "Tyler is locked, and Kevin who fixes it is in Cuba",
         one("unlock_user", "", TYLER)),
        ("en", "remove Kevin and Jo who moved out", one("delete_user", "", KEVIN, JO)),
        ("en", "yo cut tyler off from the tv channels he deleted my shows",
         one(CHANGE, "revoke", TYLER, services="tv_channels")),
        ("en", "give the usage to Hélène and take it off Kevin while you're at it",
         one(CHANGE, "grant", HELENE, services="usage")
         + one(CHANGE, "revoke", KEVIN, services="usage")),
        ("en", "Unlock Tyler, and while we're there let Jo see the usage",
         one("unlock_user", "", TYLER) + one(CHANGE, "grant", JO, services="usage")),
        ("en", "instead of removing Jo take the TV away from her",
         one(CHANGE, "revoke", JO, services="tv_channels")),
        ("en", "Jo gets the voicemail, the TV is no longer hers",
         one(CHANGE, "grant", JO, services="voicemail")
         + one(CHANGE, "revoke", JO, services="tv_channels")),
        ("en", "voicemail for everybody on here bar Jo and Kevin",
         one(CHANGE, "grant", HELENE, TYLER, services="voicemail")),
        ("en", "everybody can pay. bar Kevin from the TV",
         one(CHANGE, "grant", KEVIN, HELENE, TYLER, JO, services="pay_bill")
         + one(CHANGE, "revoke", KEVIN, services="tv_channels")),
    ],
)  # fmt: skip
def test_each_has_what_is_said_of_them(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "Cut Kevin back to the usage and only the usage.",
         one(CHANGE, "set", KEVIN, services="usage")),
        ("en", "put Kevin back to just the bill",
         one(CHANGE, "set", KEVIN, services="view_invoice")),
        ("en", "Give Kevin access back to the TV",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("en", "Add Kevin back to the TV", one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("en", "give Kevin the TV removing the bill",
         one(CHANGE, "grant", KEVIN, services="tv_channels")
         + one(CHANGE, "revoke", KEVIN, services="view_invoice")),
        ("en", "Hélène: just the invoice and voicemail, nothing else. Set it like that.",
         one(CHANGE, "set", HELENE, services="view_invoice voicemail")),
        ("en", "take the invoice off Kevin so he stops lecturing me about the price",
         one(CHANGE, "revoke", KEVIN, services="view_invoice")),
        ("en", "take the invoice off Jo so she quits crying about it",
         one(CHANGE, "revoke", JO, services="view_invoice")),
        ("en", "no more channel changing for Tyler",
         one(CHANGE, "revoke", TYLER, services="tv_channels")),
        ("en", "I'm okay with Jo seeing the bill but not with the TV. Take that one back off her.",
         one(CHANGE, "revoke", JO, services="tv_channels")),
        ("en", "What I want Tyler to get is the invoice, not the extra data.",
         one(CHANGE, "grant", TYLER, services="view_invoice")),
        ("en", "give Tyler the invoice, not the TV",
         one(CHANGE, "grant", TYLER, services="view_invoice")
         + one(CHANGE, "revoke", TYLER, services="tv_channels")),
        ("en", "I'd like Hélène to be able to check how much internet we go through in a month",
         one(CHANGE, "grant", HELENE, services="usage")),
    ],
)  # fmt: skip
def test_no_more_and_no_less_is_changed_than_is_said(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Remove Kevin rather than this Tyler", one("delete_user", "", KEVIN)),
        ("Hold off on deleting Tyler.", []),
        ("Hold off on deleting Tyler. Just suspend him for now.", one("suspend_user", "", TYLER)),
        ("my nephew Kevin brings the mail but he loses half of it", []),
        ("Kevin should lose the TV", one(CHANGE, "revoke", KEVIN, services="tv_channels")),
        ("he's been locked long enough", []),
        ("Kevin can go on seeing the bill", []),
        (
            "Kevin can go on seeing the invoice but he is not to pay it any more.",
            one(CHANGE, "revoke", KEVIN, services="pay_bill"),
        ),
        ("Tyler's pause is over", one("resume_user", "", TYLER)),
        ("Jo needs to lose some of her permissions", one(CHANGE, "revoke", JO)),
        ("Jo lost her phone", []),
        ("Jo lost her invitation", one("resend_invitation", "", JO)),
        (
            "Tyler rang me in tears and Kevin is away. Could you unlock it for the poor boy",
            one("unlock_user", "", TYLER),
        ),
    ],
)
def test_what_only_happened_wishes_for_nothing(parser: Parser, said: str, meant: Heard) -> None:
    assert heard(parser, "en", said) == meant


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("absolutely, he's earned it", "yes"),
        ("I don't see why not", "yes"),
        ("Yes, that would be such a relief", "yes"),
        ("yes, I heard you", ""),
        ("yes please, for the twins", ""),
        ("yes please, both of them", ""),
        ("yes do it, in June", ""),
        ("yes correct, I misread", ""),
        ("sure, if she agrees", ""),
        ("yes, but tomorrow", ""),
    ],
)
def test_a_remark_that_approves_takes_nothing_from_a_yes(
    parser: Parser, said: str, answer: str
) -> None:
    card = Card(CHANGE, frozenset({KEVIN}), frozenset({"pay_bill"}), change="grant")
    assert read(parser, "en", said, card=card).answer == answer


@pytest.mark.parametrize(
    ("said", "task"),
    [
        ("get me off the account, he drives me mad", "leave_account"),
        ("take me off his account", "leave_account"),
        ("I have to take two people off", "delete_user"),
    ],
)
def test_who_is_to_leave_is_who_the_verb_says(parser: Parser, said: str, task: str) -> None:
    assert [intent for intent, *_ in heard(parser, "en", said)] == [task]
