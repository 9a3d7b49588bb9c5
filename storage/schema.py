"""The schema as a whole: what the migrations have to build."""

from sqlmodel import Field

import storage.audit.tables
import storage.handoff.tables
import storage.households.tables
import storage.identity.tables
import storage.keyring.tables
import storage.messages.tables
from storage.table_base import Base

ROOMS = (
    storage.audit.tables,
    storage.handoff.tables,
    storage.households.tables,
    storage.identity.tables,
    storage.keyring.tables,
    storage.messages.tables,
)
"""Each declares its tables as it is imported."""


class SchemaFloor(Base, table=True):
    """The migration that a program must at least know to work with this schema: one row."""

    __tablename__ = "schema_floor"

    revision: str = Field(primary_key=True)


METADATA = Base.metadata
