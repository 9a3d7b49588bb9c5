"""Which of the people named a wish is about: each of them, one of two, all the others."""

import pytest

from intents.context import Card
from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read
from tests.intents.written import at_home

NOT_TV = "view_invoice pay_bill data_addons usage voicemail"


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "Jo, Tyler and Hélène all forgot their passwords, send each of them a link",
         one("reset_password", "", JO, TYLER, HELENE)),
        ("fr", "Jo, Tyler et Hélène ont tous oublié leur mot de passe, envoyez un lien à chacun",
         one("reset_password", "", JO, TYLER, HELENE)),
        ("en", "remove the TV from all of them",
         one("change_rights", "revoke", KEVIN, HELENE, TYLER, JO, services="tv_channels")),
        ("fr", "enlève la télé à chacun",
         one("change_rights", "revoke", KEVIN, HELENE, TYLER, JO, services="tv_channels")),
    ],
)  # fmt: skip
def test_each_of_them_is_of_those_who_were_named_else_of_everybody(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "it's just me and Kevin now, so take all the others off the account"),
        ("en", "Kevin is the only one still living here so remove the others"),
        ("en", "everyone's moved out but Kevin, so delete the rest of them"),
        ("en", "everyone moved out but Kevin so delete them"),
        ("fr", "il ne reste que Kevin et moi, donc supprimez les autres"),
        ("fr", "y reste juste moi pis Kevin, fait que enlève tous les autres du compte"),
    ],
)  # fmt: skip
def test_the_others_are_not_those_who_stay(parser: Parser, language: str, said: str) -> None:
    assert heard(parser, language, said) == one("delete_user", "", HELENE, TYLER, JO)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "apart from Jo nobody should have TV, take it away"),
        ("en", "nobody but Jo should have TV, take it from the others"),
        ("fr", "à part Jo, personne ne doit avoir les chaînes télé, enlevez-les svp"),
    ],
)
def test_nobody_but_somebody_takes_it_from_the_others(
    parser: Parser, language: str, said: str
) -> None:
    meant = one("change_rights", "revoke", KEVIN, HELENE, TYLER, services="tv_channels")
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "remove Kevin or Jo"),
        ("en", "please delete either Kevin or Jo"),
        ("en", "remove Kevin, Tyler or Jo"),
        ("en", "give Kevin or Jo the TV"),
        ("fr", "supprime soit Kevin, soit Jo"),
        ("fr", "donne la télé à Kevin ou à Jo"),
    ],
)
def test_one_of_two_is_nobody_yet(parser: Parser, language: str, said: str) -> None:
    (wish,) = heard(parser, language, said)
    assert not wish[2]


@pytest.mark.parametrize(
    ("language", "said", "mood", "whom"),
    [
        ("en", "don't give Kevin or Jo the TV", "refusal", {KEVIN, JO}),
        ("en", "can Kevin or Jo see the bill?", "question", {KEVIN, JO}),
        ("en", "give everyone but Kevin or Jo the TV", "wish", {HELENE, TYLER}),
        ("fr", "ni Kevin ni Jo ne doivent avoir la télé", "wish", {KEVIN, JO}),
        ("fr", "il faut que Kevin soit supprimé", "wish", {KEVIN}),
    ],
)
def test_an_or_that_means_each_of_them_means_each(
    parser: Parser, language: str, said: str, mood: str, whom: set[str]
) -> None:
    reading = read(parser, language, said)
    (wish,) = reading.said(mood)
    assert wish.about == whom


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "take all of Jo's access away, the TV channels can stay though"),
        ("en", "remove all of Jo's rights. She keeps the TV"),
        ("fr", "enlève tous les accès de Jo, la télé peut rester"),
        ("fr", "retire tout à Jo, elle garde la télé"),
    ],
)
def test_what_stays_is_left_out_of_what_is_taken(parser: Parser, language: str, said: str) -> None:
    assert heard(parser, language, said) == one("change_rights", "revoke", JO, services=NOT_TV)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "pause him instead of deleting him"),
        ("fr", "bloque-le au lieu de le supprimer"),
        ("fr", "bloque Kevin plutôt que de le supprimer"),
    ],
)
def test_what_is_not_to_be_done_is_not_wished_for(parser: Parser, language: str, said: str) -> None:
    assert [wish[0] for wish in heard(parser, language, said)] == ["suspend_user"]


@pytest.mark.parametrize(
    ("language", "said", "intent"),
    [
        ("en", "open up Hélène's account again please, it's locked", "unlock_user"),
        ("en", "get Hélène off of here plz", "delete_user"),
        ("en", "Hélène has no rights so delete her", "delete_user"),
        (
            "fr",
            "je me permets de vous écrire au sujet d'Hélène : pourriez-vous la supprimer?",
            "delete_user",
        ),
    ],
)
def test_a_vague_gift_yields_to_what_is_plain(
    parser: Parser, language: str, said: str, intent: str
) -> None:
    assert heard(parser, language, said) == one(intent, "", HELENE)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "so is Kevin gone now?"),
        ("en", "is Kevin off the account?"),
        ("en", "is Kevin deleted yet?"),
        ("fr", "est-ce que Kevin est parti?"),
        ("fr", "est-ce que Kevin est supprimé?"),
    ],
)
def test_whether_somebody_was_removed_is_asked_of_what_was_done(
    parser: Parser, language: str, said: str
) -> None:
    reading = read(parser, language, said)
    (wish,) = reading.wishes
    assert (wish.intent, wish.mood, wish.about) == ("show_history", "question", {KEVIN})


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "oh wait, Tyler doesn't need one, just the other two"),
        ("fr", "ah attends, Tyler en a pas besoin, juste les deux autres"),
    ],
)
def test_whoever_needs_none_is_off_the_card_and_the_others_are_those_on_it(
    parser: Parser, language: str, said: str
) -> None:
    card = Card("reset_password", frozenset({KEVIN, HELENE, TYLER}))
    reading = read(parser, language, said, card=card)
    assert {mention.value for mention in reading.people} == {KEVIN, HELENE}
    assert {mention.value for mention in reading.not_people} == {TYLER}


def test_everyone_else_at_a_card_are_those_who_are_not_on_it_yet(parser: Parser) -> None:
    card = Card("reset_password", frozenset({KEVIN, HELENE}))
    reading = parser.read(parser.look("everyone else too"), at_home("en", card=card))
    assert {TYLER, JO} <= {mention.value for mention in reading.people}


@pytest.mark.parametrize(
    ("language", "said", "until"),
    [
        ("en", "Kevin pays the bill till Sunday, pls give him access for that long", True),
        ("en", "usage for Kevin, Tyler and Jo please, they keep texting me about it", False),
    ],
)
def test_what_is_named_first_stays_where_the_next_words_take_it_up(
    parser: Parser, language: str, said: str, until: bool
) -> None:
    reading = read(parser, language, said)
    (wish,) = reading.said("wish", "change_rights")
    assert (wish.change, "until" in wish.values) == ("grant", until)
    assert KEVIN in wish.about


@pytest.mark.parametrize(
    ("language", "said", "intent"),
    [
        ("en", "She called, it was a misunderstanding. Let Hélène back in please", "unlock_user"),
        ("en", "Jo binned the invitation as spam. Could you send another one to her?",
         "resend_invitation"),
        ("fr", "Jo a jeté l'invitation. Relance-la avec un nouveau mail d'invitation",
         "resend_invitation"),
    ],
)  # fmt: skip
def test_what_a_story_tells_is_no_second_wish(
    parser: Parser, language: str, said: str, intent: str
) -> None:
    assert [wish[0] for wish in heard(parser, language, said)] == [intent]


def test_an_invite_that_somebody_owns_is_a_thing(parser: Parser) -> None:
    reading = parser.read(parser.look("did jo ever accept her invite"), at_home("en"))
    (wish,) = reading.wishes
    assert (wish.intent, wish.mood, wish.about) == ("list_users", "question", {JO})
