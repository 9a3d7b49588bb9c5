"""A stranger in a loop keeps nobody out, neither of the pages nor of a chat."""

from storage.database import Database
from storage.households.households import Household
from tests.fakes.clock import ManualClock
from tests.fakes.households import start_chat, verify
from tests.fakes.sign_in_links import claim, offer, redeem
from tests.web.visits import PASSWORD, Browser, mailed_path

NEW = "battery staple 9"


def test_a_stranger_in_a_loop_keeps_the_holder_out_of_nothing(
    browser: Browser, people: Household, database: Database, clock: ManualClock
) -> None:
    holder = people.holder
    name = str(holder.username)
    own_chat = start_chat(database, "the holder's own")
    verify(database, name, own_chat)
    stranger = Browser(browser.app)
    for number in range(30):
        clock.advance(minutes=5)
        chat = start_chat(database, f"stranger-{number}")
        with database.write() as uow:
            uow.codes.request(name, conversation_id=chat, task="list_users", chat="rest x")
        offer(database, chat, "stranger")
        redeem(database, chat, "000000", "stranger")
        stranger.sign_in(name, f"guess {number}")
        stranger.send("/forgot", username=name)

    assert verify(database, name, own_chat).role == "holder", "a code in the own chat"
    shown = claim(database, offer(database, own_chat), holder.id)
    assert redeem(database, own_chat, shown).outcome == "verified", "a link in the own chat"
    assert browser.sign_in(name, PASSWORD).status_code == 422, "the page is locked"
    browser.send("/forgot", username=name)
    path = mailed_path(database, "password_reset", "reset_url")
    browser.post(path, data={"password": NEW, "password_again": NEW})
    assert browser.is_signed_in, "and the newest mail opens it"
