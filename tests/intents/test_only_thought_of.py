"""What somebody only thinks of doing is no wish; nor is anybody what only belongs to them."""

import pytest

from intents.parser import Parser
from tests.intents.meant import JO, KEVIN, TYLER, Heard, heard, one, read

CHANGE = "change_rights"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I'm thinking of adding my neighbour next spring."),
        ("en", "Next Christmas I might give Kevin the TV channels as a present, we'll see."),
        ("en", "i would let kevin buy data if he had a job"),
        ("en", "I'd sooner eat my hat than let Tyler pay."),
        ("en", "Once Jo has finally activated, then maybe I'll let her see the usage."),
        ("en", "does unlocking someone cost anything"),
        ("en", "do u send the password link by text or by email"),
        ("en", "Kevin asked me to remove Hélène. I said no and that's that."),
        ("fr", "je vais peut-être enlever Jo"),
        ("fr", "le mois prochain je vais probablement ôter Jo"),
        ("fr", "je pense à ajouter ma voisine"),
    ],
)
def test_what_somebody_thinks_of_doing_is_not_done(
    parser: Parser, language: str, said: str
) -> None:
    assert heard(parser, language, said) == []


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "maybe give Kevin the TV", one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("en", "I would like to give Kevin the TV",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("en", "perhaps you could unlock Tyler", one("unlock_user", "", TYLER)),
        ("en", "I would appreciate it if you removed Jo", one("delete_user", "", JO)),
        ("en", "do you mind unlocking Tyler", one("unlock_user", "", TYLER)),
        ("en", "I'm removing Kevin", one("delete_user", "", KEVIN)),
        ("fr", "peut-être enlever la télé à Jo svp",
         one(CHANGE, "revoke", JO, services="tv_channels")),
        ("fr", "je pense que Kevin devrait payer",
         one(CHANGE, "grant", KEVIN, services="pay_bill")),
    ],
)  # fmt: skip
def test_a_soft_order_is_one(parser: Parser, language: str, said: str, meant: Heard) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "who"),
    [
        ("en", "remove Kevin's girlfriend", "Kevin's girlfriend"),
        ("en", "Kevin's boss wants to see my invoice", "Kevin's boss"),
        ("fr", "la blonde à Tyler veut payer", "la blonde à Tyler"),
        ("fr", "enlève la mère de Kevin", "la mère de Kevin"),
        ("fr", "donne la télé au fils de Kevin", "fils de Kevin"),
    ],
)
def test_nothing_is_done_to_whom_somebody_belongs(
    parser: Parser, language: str, said: str, who: str
) -> None:
    (wish,) = read(parser, language, said).wishes
    assert [(mention.said, mention.refs) for mention in wish.whom] == [(who, ())]


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "Kevin's sister Hélène should pay",
         one(CHANGE, "grant", "id:2", services="pay_bill")),
        ("en", "take Kevin's TV away", one(CHANGE, "revoke", KEVIN, services="tv_channels")),
        ("fr", "Kevin, mon fils, peut payer",
         one(CHANGE, "grant", KEVIN, services="pay_bill")),
    ],
)  # fmt: skip
def test_who_has_a_name_is_meant(parser: Parser, language: str, said: str, meant: Heard) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "intent", "who"),
    [
        ("fr", "Kevin m'a parlé d'enlever Jo du compte mais moi je veux pas. Touchez à rien.",
         "delete_user", JO),
        ("fr", "Kevin m'a proposé de supprimer Jo, mais j'suis pas d'accord.", "delete_user", JO),
        ("fr", "Jo parle d'enlever la télé à Tyler, mais il en est pas question.", CHANGE, TYLER),
        ("fr", "Ma sœur suggère de suspendre Kevin. Moi j'veux rien savoir.",
         "suspend_user", KEVIN),
        ("fr", "mon chum me conseille de bloquer Tyler mais je le ferai pas",
         "suspend_user", TYLER),
        ("fr", "Tyler voudrait qu'on supprime Jo, moi je veux pas", "delete_user", JO),
        ("fr", "Tyler a eu l'idée de supprimer Jo, mais on ne fait rien", "delete_user", JO),
        ("fr", "On m'a suggéré de supprimer Tyler, mais je veux pas.", "delete_user", TYLER),
        ("en", "Kevin suggested removing Jo but I don't want that.", "delete_user", JO),
        ("en", "Kevin talked about taking the TV from Jo, but no", CHANGE, JO),
    ],
)  # fmt: skip
def test_what_somebody_else_thinks_of_and_whoever_writes_declines_is_refused(
    parser: Parser, language: str, said: str, intent: str, who: str
) -> None:
    refusals = read(parser, language, said).said("refusal")
    assert heard(parser, language, said) == []
    assert [(wish.intent, [each.value for each in wish.whom]) for wish in refusals] == [
        (intent, [who])
    ]


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("fr", "Hélène m'a conseillé de suspendre Kevin, alors suspends-le",
         one("suspend_user", "", KEVIN)),
        ("fr", "Mon mari m'a suggéré de bloquer Kevin. Fais-le donc.",
         one("suspend_user", "", KEVIN)),
        ("fr", "Kevin propose de donner la télé à Jo",
         one(CHANGE, "grant", JO, services="tv_channels")),
        ("fr", "Kevin propose de lui donner la télé",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("fr", "Kevin voudrait enlever la télé à Jo",
         one(CHANGE, "revoke", JO, services="tv_channels")),
        ("fr", "Kevin devrait perdre la télé",
         one(CHANGE, "revoke", KEVIN, services="tv_channels")),
        ("fr", "Kevin doit être débloqué pis Tyler aussi", one("unlock_user", "", KEVIN, TYLER)),
        ("fr", "Enlève Tyler. Touche à rien d'autre.", one("delete_user", "", TYLER)),
        ("en", "Kevin wants me to remove Jo", one("delete_user", "", JO)),
        ("en", "Kevin wants to remove Jo", one("delete_user", "", JO)),
        ("en", "Kevin says we should remove Jo", one("delete_user", "", JO)),
        ("en", "Kevin needs unlocking and Tyler too", one("unlock_user", "", KEVIN, TYLER)),
        ("en", "Kevin talked about the TV. Give it to him",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
    ],
)  # fmt: skip
def test_who_suggests_a_thing_is_not_whom_it_is_done_to(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant
