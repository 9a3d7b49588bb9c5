"""A schema older than the program, or newer; and what the newest migration leaves as it was."""

import pytest
from sqlalchemy import CheckConstraint, inspect, text

from storage.database import Database
from storage.errors import DatabaseAwayError
from storage.keys import Keys
from storage.migrating import Schema
from storage.schema import METADATA
from tests.fakes.clock import ManualClock
from tests.fakes.households import make_household
from tests.fakes.schemas import CURRENT, FUTURE, begin, schema_of, take_back

BEFORE_SERVICES = "0009_request_outcomes"


@pytest.mark.parametrize(
    ("revision", "floor", "expected"),
    [
        (CURRENT, CURRENT, Schema.CURRENT),
        (BEFORE_SERVICES, BEFORE_SERVICES, Schema.OLDER),
        (FUTURE, CURRENT, Schema.NEWER),
        (FUTURE, BEFORE_SERVICES, Schema.NEWER),
        (FUTURE, FUTURE, Schema.TOO_NEW),
    ],
)
def test_a_newer_schema_says_which_versions_may_go_on_with_it(
    database: Database, revision: str, floor: str, expected: Schema
) -> None:
    with schema_of(database, revision, floor):
        assert database.schema() is expected


def test_a_newer_schema_that_says_nothing_is_too_new(database: Database) -> None:
    with schema_of(database, FUTURE):
        with database._engine.connect() as connection:
            begin(connection)
            connection.execute(text("DELETE FROM schema_floor"))
            assert database.schema() is Schema.NEWER  # nothing is committed yet
            connection.commit()
        assert database.schema() is Schema.TOO_NEW
        with database._engine.connect() as connection:
            begin(connection)
            connection.execute(text("INSERT INTO schema_floor VALUES ('any')"))
            connection.commit()


@pytest.mark.parametrize(("floor", "fit"), [(CURRENT, Schema.NEWER), (FUTURE, Schema.TOO_NEW)])
def test_migrating_leaves_a_newer_schema_alone(database: Database, floor: str, fit: Schema) -> None:
    with schema_of(database, FUTURE, floor):
        assert database.migrate() is fit
        assert database.schema() is fit


def test_only_schemas_that_fit_are_worked_with() -> None:
    assert [one for one in Schema if one.fits] == [Schema.CURRENT, Schema.NEWER]
    assert len({one.value for one in Schema}) == len(Schema)


def test_a_database_that_is_not_there_is_named_so(clock: ManualClock, keys: Keys) -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none", clock=clock, keys=keys)
    with pytest.raises(DatabaseAwayError):
        database.schema()
    database.close()


def test_names_of_services_and_people_go_through_the_migration(database: Database) -> None:
    household = make_household(database, secondaries=1)
    take_back(database, BEFORE_SERVICES)
    with database._engine.connect() as connection:
        begin(connection)
        connection.execute(
            text(
                "INSERT INTO service (code, name_en, name_fr)"
                " VALUES ('home_alarm', 'Arm the alarm', 'Armer l''alarme')"
            )
        )
        connection.commit()
    assert database.schema() is Schema.OLDER
    database.migrate()
    with database.read() as uow:
        services = {one.code: one.names for one in uow.households.services()}
        offered = dict(uow.households.offered())
        assert uow.households.of(household.id) == household
        assert uow.audit.verify(household.id)
    assert services["view_invoice"] == {"en": "View the invoice", "fr": "Consulter la facture"}
    assert services["home_alarm"] == {"en": "Arm the alarm", "fr": "Armer l'alarme"}
    words = {code: said for code, said in offered.items() if code in services}
    assert words == dict.fromkeys(services, ()) | {
        "home_alarm": ("Arm the alarm", "Armer l'alarme")
    }


def test_the_number_of_who_was_erased_is_not_given_again(database: Database) -> None:
    erased = make_household(database, secondaries=1).members[-1]
    with database.write() as uow:
        uow.households._connection.execute(
            text("DELETE FROM member WHERE id = :it"), {"it": erased.id}
        )
    take_back(database, BEFORE_SERVICES)
    database.migrate()
    assert make_household(database, "90210002").holder.id > erased.id


def test_every_check_of_the_tables_is_in_the_database(database: Database) -> None:
    for table in METADATA.tables.values():
        declared = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        twice, once = f"ck_{table.name}_ck_{table.name}_", f"ck_{table.name}_"
        with database._engine.connect() as connection:
            built = [str(c["name"]) for c in inspect(connection).get_check_constraints(table.name)]
        assert sorted(name.replace(twice, once) for name in built) == sorted(declared), table.name
