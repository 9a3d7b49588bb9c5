"""To whom the mails about a change go: as its declaration says."""

from storage.database import Database
from storage.households.declared import CHANGES
from tests.fakes.changes import Desk
from tests.fakes.households import start_chat, verify

TO = {mail.template: mail.to for change in CHANGES.values() for mail in change.mails}


def test_every_mail_goes_to_whom_its_declaration_names(desk: Desk, database: Database) -> None:
    leo, new = desk.leo, "leo@new.example.com"
    holder = desk.household.holder.email
    session = verify(database, str(leo.username), start_chat(database, "Léo's chat"))
    with database.write() as uow:
        uow.requests.ask(session, ["usage"])
    desk.do("edit_profile", leo.id, email=new)
    desk.do("change_rights", leo.id, grant=["pay_bill"])
    desk.do("reset_password", leo.id)
    desk.lock(leo.id)
    desk.do("unlock", leo.id)
    desk.undo(desk.do("delete", leo.id))

    went: dict[str, set[str]] = {}
    for mail in desk.mails():
        went.setdefault(mail.template, set()).add(str(mail.recipient))

    whose = {
        "person": {leo.email, new},
        "both addresses": {leo.email, new},
        "new address": {new},
        "proved address": {leo.email},
        "former addresses": {new},
        "holder": {holder},
    }
    assert went == {template: whose[TO[template]] for template in went}
    assert {TO[template] for template in went} == set(whose)
