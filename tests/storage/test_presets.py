"""Names for several services: an operator defines them, and nobody has one."""

from bot.operating.presets import define_preset, drop_preset, list_presets
from storage.database import Database

TV = {"en": "TV friend", "fr": "Amie télé"}


def test_foyer_begins_with_a_few(database: Database) -> None:
    with database.read() as uow:
        known = {preset.code: preset.services for preset in uow.presets.all()}
    assert known["bill_helper"] == ("view_invoice", "pay_bill")


def test_an_operator_defines_one_changes_it_and_drops_it(database: Database) -> None:
    assert define_preset(database, "tv", TV, ["tv_channels", "usage"]).status == 0
    assert define_preset(database, "tv", TV, ["tv_channels"]).status == 0
    assert any("TV friend" in line for line in list_presets(database).lines)
    with database.read() as uow:
        assert ("tv_channels", ("TV friend", "Amie télé")) in uow.households.offered()
    assert drop_preset(database, "tv").status == 0
    assert drop_preset(database, "tv").status == 1


def test_a_name_that_means_something_else_is_refused(database: Database) -> None:
    for name in ("the bill", "password", "bill helper"):
        assert define_preset(database, "x", {"en": name, "fr": "Amie télé"}, ["usage"]).status == 1
    assert define_preset(database, "x", {"en": "TV friend"}, ["usage"]).status == 1
    assert define_preset(database, "x", TV, ["no_such"]).status == 1


def test_a_retired_service_is_in_none(database: Database) -> None:
    with database.write() as uow:
        uow.services.retire("pay_bill")
    with database.read() as uow:
        known = {preset.code: preset.services for preset in uow.presets.all()}
    assert known["bill_helper"] == ("view_invoice",)
