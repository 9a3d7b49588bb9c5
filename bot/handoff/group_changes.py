"""What happens to the agents' group itself: out of reach, back, moved, another one, none.

No case is left mute by it: it is reopened, made anew, moved, or the bot has the word again, and
says so. What happened is a row of the agents' inbox like any message of theirs.
"""

import secrets

from bot.handoff.desk import AgentsDesk, DeskKey
from bot.handoff.exits import bot_speaks, held, resumed, to_queue
from bot.handoff.masking import masked
from bot.handoff.message import DeskMessage
from bot.handoff.objecting import CHANNEL
from storage.database import Database
from storage.handoff.groups import Trouble
from storage.handoff.handoffs import Case
from storage.unit_of_work import UnitOfWork

CHECKED, MOVED, TOPIC_CLOSED = "group_checked", "group_moved", "topic_closed"
"""Kinds of a `DeskMessage`: what a look has shown, where the group is now, a topic closed by hand.
Nobody can type one."""
KINDS = frozenset({CHECKED, MOVED, TOPIC_CLOSED})


def shown(uow: UnitOfWork, key: DeskKey, trouble: Trouble | None) -> None:
    """Keep what a look at the group has shown; what follows for its cases is worked off soon."""
    desk_id = uow.conversations.ensure(*key)
    before = uow.agent_groups.address(desk_id).trouble
    uow.agent_groups.checked(desk_id, trouble)
    if bool(before) != bool(trouble):
        tell(uow, key, DeskMessage(trouble or "", kind=CHECKED))


def tell(uow: UnitOfWork, key: DeskKey, message: DeskMessage) -> None:
    """Put what has happened to the group into the agents' inbox."""
    number = f"group {secrets.token_hex(12)}"
    uow.inbox.put(*key.topic(""), number, "", message.to_json())


def happened(
    uow: UnitOfWork, desk: AgentsDesk, desk_id: int, topic_id: str, message: DeskMessage
) -> None:
    """Do what follows from a change of the group."""
    if message.kind == CHECKED:
        _checked(uow, desk, desk_id, message.text)
    elif message.kind == MOVED:
        _moved(uow, desk, desk_id, message.text)
    else:
        _closed_by_hand(uow, desk, desk_id, topic_id)


def came_late(
    uow: UnitOfWork, desk: AgentsDesk, group: str, person_id: str, message: DeskMessage
) -> None:
    """Say that nothing comes of what an agent wrote in a group which is none any more.

    Its topics are none of this group's, whatever their numbers are.
    """
    desk_id = uow.conversations.ensure(*desk.key)
    former = uow.conversations.find(desk.key.channel, desk.key.bot_id, group)
    wrote = message.button is None and message.kind != "reaction"
    if wrote and former is not None and person_id in uow.handoffs.agents(former.id):
        text = masked(message.text) or desk.showing.words.say("no_words")
        said = desk.showing.words.say("came_late", text=text)
        uow.desk_outbox.answer(desk_id, said, person_id)


def settle(database: Database, desk: AgentsDesk | None) -> None:
    """Take over the cases of groups that are not the one of the settings any more.

    Without agents the open ones are over, and the bot has the word.
    """
    with database.write() as uow:
        desk_id = uow.conversations.ensure(*desk.key) if desk else None
        for case in uow.agent_groups.strays(desk_id):
            held(uow, case)
            if desk is None or desk_id is None:
                _without_agents(uow, case)
            else:
                _adopt(uow, desk, desk_id, case)
        if desk_id is not None:
            uow.agent_groups.adopt_closed(desk_id)
        uow.agent_groups.forget_others(desk_id)


def _checked(uow: UnitOfWork, desk: AgentsDesk, desk_id: int, trouble: str) -> None:
    for case in uow.handoffs.open_at(desk_id):
        held(uow, case)
        if trouble:
            to_queue(uow, desk, case, "away")
        else:
            _is_back(uow, desk, case)


def _is_back(uow: UnitOfWork, desk: AgentsDesk, case: Case) -> None:
    """The group is reached again: its card stands there, and the customer knows."""
    desk.refresh(uow, case)
    if case.status == "queued" and desk.hours.are_open(uow.clock()):
        bot_speaks(uow, desk, case, "pattern_handoff_still", {})


def _moved(uow: UnitOfWork, desk: AgentsDesk, desk_id: int, chat_id: str) -> None:
    """Topics do not move along: every open case gets another, with its card."""
    if not uow.agent_groups.moved(desk_id, chat_id):
        return
    for case in uow.handoffs.open_at(desk_id):
        desk.refresh(uow, case)


def _closed_by_hand(uow: UnitOfWork, desk: AgentsDesk, desk_id: int, topic_id: str) -> None:
    case = uow.handoffs.at_topic(desk_id, topic_id)
    if case is not None and case.status != "closed":
        uow.desk_outbox.put(case, "reopen")
        desk.tell(uow, case, "topic_reopened")


def _adopt(uow: UnitOfWork, desk: AgentsDesk, desk_id: int, case: Case) -> None:
    uow.agent_groups.adopt(case, desk_id)
    here = uow.handoffs.get(case.id)
    desk.refresh(uow, here, "queued")
    desk.tell(uow, here, "moved_here")
    if here.status == "claimed":
        to_queue(uow, desk, here, "moved")


def _without_agents(uow: UnitOfWork, case: Case) -> None:
    """The bot has the word; where there is no chat, what was objected stays for support."""
    uow.handoffs.close(case, "ended")
    if uow.handoffs.chat_of(case.conversation_id).channel == CHANNEL:
        return
    resumed(uow, case)
    uow.chat_events.put(case.conversation_id, "pattern_handoff_ended", {})
    for event in case.held:
        uow.chat_events.put(case.conversation_id, **event)
