"""The schema as a whole: what the migrations have to build."""

import storage.audit.tables
import storage.handoff.tables
import storage.households.tables
import storage.identity.tables
import storage.messages.tables
from storage.table_base import Base

ROOMS = (
    storage.audit.tables,
    storage.handoff.tables,
    storage.households.tables,
    storage.identity.tables,
    storage.messages.tables,
)
"""Each declares its tables as it is imported."""
METADATA = Base.metadata
