"""Choosing a user name and a password behind the link of an invitation."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from storage.database import Database
from storage.identity.credentials import verify as password_fits
from tests.fakes.clock import ManualClock
from tests.fakes.households import make_household
from tests.web.visits import Browser, Guest

PASSWORD = "maple syrup on snow"
FORM = {"username": "zoe.roy", "password": PASSWORD, "password_again": PASSWORD}


@pytest.mark.parametrize(
    ("language", "title", "done"),
    [
        ("en", "Choose your user name and password", "You can sign in now"),
        ("fr-CA,fr;q=0.9", "Choisissez votre nom", "Vous pouvez maintenant vous connecter"),
    ],
)
def test_an_invited_person_chooses_a_user_name_and_a_password(
    browser: Browser,
    guest: Guest,
    language: str,
    title: str,
    done: str,
) -> None:
    browser.headers["Accept-Language"] = language
    page = browser.get(guest.path)
    assert page.status_code == 200
    assert title in page.text
    assert f'<html lang="{language[:2]}">' in page.text

    saved = browser.post(guest.path, data=FORM)

    assert saved.status_code == 200
    assert done in saved.text
    assert "zoe.roy" in saved.text
    member = guest.member
    assert (member.username, member.status) == ("zoe.roy", "active")


def test_that_its_page_was_looked_at_is_noted_and_uses_nothing_up(
    browser: Browser, database: Database, guest: Guest, clock: ManualClock
) -> None:
    def opened_at() -> datetime | None:
        with database.read() as uow:
            found = uow.standing.invitation(guest.member.id)
        assert found is not None
        return found.opened_at

    assert opened_at() is None
    first = clock()
    browser.get(guest.path)
    clock.advance(hours=1)
    browser.get(guest.path)
    assert opened_at() == first
    assert browser.post(guest.path, data=FORM).status_code == 200
    assert guest.member.status == "active"


def test_the_password_is_kept_as_a_hash_that_fits_it_on_every_keyboard(
    browser: Browser, contents: Callable[[], bytes], guest: Guest
) -> None:
    decomposed = "ne\u0301ige e\u0301ternelle"
    composed = "n\u00e9ige \u00e9ternelle"
    browser.post(
        guest.path,
        data={"username": "zoe", "password": decomposed, "password_again": decomposed},
    )
    assert decomposed.encode() not in contents()
    hashes = re.findall(rb"\$argon2id\$[\w=,]+\$[\w=,]+\$[\w+/]{22}\$[\w+/]{43}", contents())
    assert any(password_fits(one.decode(), composed) for one in hashes)


def test_the_link_decides_the_language_when_the_browser_does_not(
    browser: Browser, guest: Guest
) -> None:
    browser.headers["Accept-Language"] = "de"
    assert '<html lang="fr">' in browser.get(guest.path).text


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"username": "zr"}, "A user name has 3 to 40 characters"),
        ({"username": ""}, "A user name has 3 to 40 characters"),
        ({"username": "zoe roy"}, "without spaces"),
        ({"username": "HOLDER-90210001"}, "Somebody already has this user name"),
        ({"password": "short", "password_again": "short"}, "at least 8 characters"),
        ({"password": "x" * 129, "password_again": "x" * 129}, "at most 128 characters"),
        ({"password": "Password1", "password_again": "Password1"}, "easy to guess"),
        ({"username": "zoe-roy-12", "password": "Zoe-Roy-12"}, "must not be your own name"),
        ({"password_again": "something else"}, "not the same"),
    ],
)
def test_a_mistake_is_explained_in_place_and_nothing_is_saved(
    browser: Browser,
    guest: Guest,
    changed: dict[str, str],
    problem: str,
) -> None:
    page = browser.post(guest.path, data={**FORM, **changed})

    assert page.status_code == 422
    assert problem in page.text
    assert 'aria-invalid="true"' in page.text
    assert guest.member.status == "invited"
    assert browser.post(guest.path, data=FORM).status_code == 200, "the link still works"


def test_a_refused_form_keeps_the_user_name_but_never_shows_a_password(
    browser: Browser, guest: Guest
) -> None:
    page = browser.post(guest.path, data={**FORM, "password_again": "another secret"})
    assert 'value="zoe.roy"' in page.text
    assert PASSWORD not in page.text
    assert "another secret" not in page.text


def test_a_password_of_any_characters_is_accepted(browser: Browser, guest: Guest) -> None:
    password = "🐈 日本\u0000<b> \ud7ff" + "é" * 110
    form = {"username": "zoe", "password": password, "password_again": password}
    assert browser.post(guest.path, data=form).status_code == 200


def test_bytes_that_are_no_text_are_answered_like_any_other_input(
    browser: Browser, guest: Guest
) -> None:
    page = browser.post(
        guest.path,
        content=b"username=%ED%A0%80%FF&password=%ED%A0%80",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert page.status_code == 422


def test_what_was_typed_is_shown_as_text_never_as_html(browser: Browser, guest: Guest) -> None:
    page = browser.post(guest.path, data={**FORM, "username": '"><script>alert(1)</script>'})
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text


def test_used_expired_and_unknown_links_get_the_same_kind_page(
    browser: Browser, clock: ManualClock, guest: Guest
) -> None:
    unknown = browser.get("/password/no-such-token")
    assert unknown.status_code == 404
    assert "This link does not work" in unknown.text

    browser.post(guest.path, data=FORM)
    used = browser.get(guest.path)
    used_again = browser.post(guest.path, data=FORM)
    clock.advance(days=6)
    expired = browser.get(guest.path)

    for page in (used, used_again, expired):
        assert (page.status_code, page.text) == (unknown.status_code, unknown.text)


def test_an_expired_link_saves_nothing(
    browser: Browser,
    guest: Guest,
    clock: ManualClock,
) -> None:
    clock.advance(days=5, seconds=1)
    assert browser.post(guest.path, data=FORM).status_code == 404
    assert guest.member.status == "invited"


def test_a_link_of_another_kind_opens_no_password_page(browser: Browser, notice: str) -> None:
    assert browser.get(notice.replace("/not-me/", "/password/")).status_code == 404


def test_looking_at_the_page_changes_nothing(browser: Browser, guest: Guest) -> None:
    for _ in range(3):
        assert browser.get(guest.path).status_code == 200
    assert guest.member.status == "invited"
    assert browser.post(guest.path, data=FORM).status_code == 200


def words_without_values(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)


def test_an_invitation_finds_out_five_user_names_and_no_more(
    browser: Browser, guest: Guest, database: Database
) -> None:
    strangers = make_household(database, "90210077", secondaries=5)
    names = [str(person.username) for person in strangers.members]
    told = [browser.post(guest.path, data={**FORM, "username": name}).text for name in names]
    assert ["Somebody already has" in page for page in told] == [True] * 5 + [False]
    exists, free = (
        words_without_values(browser.post(guest.path, data={**FORM, "username": name}).text)
        for name in (names[0], "nobody.has.this")
    )
    assert exists == free
    assert guest.member.username is None


def test_names_that_are_suggested_are_free_and_cost_no_try(
    browser: Browser, guest: Guest, database: Database
) -> None:
    strangers = make_household(database, "90210077", secondaries=5)
    for person in strangers.members:
        page = browser.post(guest.path, data={**FORM, "username": str(person.username)}).text
    offered = re.findall(r"\bzoe\d{4}\b", page)
    assert len(set(offered)) == 3
    with database.read() as uow:
        assert [uow.sign_in.candidate(name).member_id for name in offered] == [None] * len(offered)
    assert browser.post(guest.path, data={**FORM, "username": offered[0]}).status_code == 200
    assert guest.member.username == offered[0]


def test_a_bad_password_costs_no_user_name(browser: Browser, guest: Guest) -> None:
    for _ in range(10):
        browser.post(guest.path, data={**FORM, "password": "short"})
    assert browser.post(guest.path, data=FORM).status_code == 200
