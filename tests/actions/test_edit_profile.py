"""What of a profile is changed: name, address, language; and what is already so."""

import pytest

from storage.households.members import Member
from storage.names import is_poorer
from tests.fakes.changes import Desk
from tests.fakes.playing import Player


def reference(person: Member) -> str:
    return f"id:{person.id}"


def test_a_language_is_changed_and_undone(desk: Desk, holder: Player) -> None:
    said = holder.start("edit_profile", edited_user=reference(desk.leo), edited_language="fr")
    assert "• E-mails: English → French" in said
    said = holder.tap("Yes")
    assert desk.leo.language == "fr"
    assert "Done. Receipt" in said
    [mail] = desk.mails("profile_changed")
    assert (mail.language, mail.parameters["changed"]) == ("fr", ["language"])
    desk.undo(desk.newest or "")
    assert desk.leo.language == "en"


def test_the_language_is_asked_for_by_its_button(desk: Desk, holder: Player) -> None:
    holder.start("edit_profile")
    holder.tap("Léo")
    holder.tap("Language")
    assert "• E-mails: English → French" in holder.tap("French")


def test_several_fields_go_on_one_card(desk: Desk, holder: Player) -> None:
    said = holder.start(
        "edit_profile",
        edited_user=reference(desk.leo),
        edited_name="Léon Gagnon",
        edited_email="leon@example.com",
        edited_language="fr",
    )
    assert "Name: Léo Gagnon → Léon Gagnon" in said
    assert "→ leon@example.com" in said
    assert "English → French" in said
    holder.tap("Yes")
    leo = desk.leo
    assert (leo.first_name, leo.email, leo.language) == ("Léon", "leon@example.com", "fr")


def test_what_is_given_besides_the_field_that_is_meant_is_kept(desk: Desk, holder: Player) -> None:
    who = reference(desk.leo)
    said = holder.start("edit_profile", edited_user=who, edited_field="name", edited_language="fr")
    assert said == "What is the new name, first and last?"
    said = holder.set(edited_name="Max")
    assert "Name: Léo Gagnon → Max Gagnon" in said
    assert "English → French" in said


@pytest.mark.parametrize(
    ("slots", "on_file"),
    [
        ({"edited_name": "leo gagnon"}, "Léo Gagnon"),
        ({"edited_name": "LEO"}, "Léo Gagnon"),
        ({"edited_name": "gagnon", "edited_last_name": True}, "Léo Gagnon"),
        ({"edited_email": "SECOND1@90210001.example.com"}, "second1@90210001.example.com"),
        ({"edited_language": "en"}, "e-mails in English"),
    ],
)
def test_what_is_already_so_is_said_and_not_changed(
    desk: Desk, holder: Player, slots: dict[str, object], on_file: str
) -> None:
    before = desk.leo
    said = holder.start("edit_profile", edited_user=reference(before), **slots)
    assert said.startswith("That is already so")
    assert on_file in said
    assert holder.state.stack.top is None
    assert desk.leo == before


@pytest.mark.parametrize(
    ("said", "last_only", "becomes"),
    [
        ("Max", False, ("Max", "Gagnon")),
        ("Roy", True, ("Léo", "Roy")),
        ("Léo Roy", True, ("Léo", "Roy")),
        ("leo roy", False, ("Léo", "Roy")),
        ("Jean Guy Gagnon", False, ("Jean Guy", "Gagnon")),
        ("Léo Roy Côté", False, ("Léo", "Roy Côté")),
        ("Max Roy", False, ("Max", "Roy")),
    ],
)
def test_a_new_name_replaces_only_what_differs(
    desk: Desk, holder: Player, said: str, last_only: bool, becomes: tuple[str, str]
) -> None:
    holder.start(
        "edit_profile",
        edited_user=reference(desk.leo),
        edited_name=said,
        edited_last_name=last_only,
    )
    holder.tap("Yes")
    assert (desk.leo.first_name, desk.leo.last_name) == becomes


@pytest.mark.parametrize(
    ("name", "on_file", "poorer"),
    [
        ("helene", "Hélène", True),
        ("Helene", "Hélène", True),
        ("HÉLÈNE", "Hélène", True),
        ("marie eve", "Marie-Ève", True),
        ("Hélène", "Helene", False),
        ("Helene", "HELENE", False),
        ("McDonald", "Mcdonald", False),
        ("Elaine", "Hélène", False),
    ],
)
def test_a_name_is_poorer_without_its_accents_and_capitals(
    name: str, on_file: str, poorer: bool
) -> None:
    assert is_poorer(name, on_file) == poorer
