"""A private note: kept with its case, and whoever is named in it is called."""

from collections.abc import Mapping

from bot.handoff.acts import Note
from bot.handoff.desk import AgentsDesk
from bot.handoff.masking import masked
from storage.handoff.handoffs import Case
from storage.unit_of_work import UnitOfWork


def take(
    uow: UnitOfWork, desk: AgentsDesk, case: Case, note: Note, *, agents: Mapping[str, str], by: str
) -> None:
    """Keep a note; the customer never sees it, and neither does anything else leave for them."""
    uow.handoffs.note(case, masked(note.text))
    words = desk.showing.words
    for person in note.calls:
        values = {"agent": agents[person], "before": agents[by], "number": case.id}
        uow.desk_outbox.put(case, "call", words.say("ping_named", **values), agent=person)
    if note.unknown:
        names = ", ".join(masked(name) for name in note.unknown)
        desk.tell(uow, case, "named_nobody", names=names, agents=", ".join(sorted(agents.values())))
