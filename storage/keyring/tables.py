"""The secret keys by name, never themselves; and whether a database was made for tests."""

from datetime import datetime

from sqlmodel import Field

from storage.table_base import Base, Moment


class SecretKey(Base, table=True):
    """A key that this database was used with. The fingerprint tells another one from it."""

    __tablename__ = "secret_key"

    id: str = Field(primary_key=True)
    fingerprint: str
    known_since: datetime = Field(sa_type=Moment)
    dropped_at: datetime | None = Field(default=None, sa_type=Moment)
    """From then on it need not be given; what only it opens or checks stays closed."""


class MadeForTests(Base, table=True):
    """One row where the database was begun under `FOYER_TESTING`."""

    __tablename__ = "made_for_tests"

    at: datetime = Field(sa_type=Moment, primary_key=True)


secret_key = Base.metadata.tables["secret_key"]
made_for_tests = Base.metadata.tables["made_for_tests"]
