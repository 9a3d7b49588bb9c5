"""Whatever people say, tap and send, in whatever order and in several chats: what always holds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import NamedTuple

import pytest

from bot.app import App
from bot.dialogue.flows.domain import Collect, Variation
from bot.texts import placeholders
from storage.identity.sessions import Session
from storage.keys import Keys
from storage.messages.outbox_rows import OutboxRow
from tests.fakes.chats import World
from tests.fakes.clock import ManualClock
from tests.fakes.records import Records
from tests.fakes.scale import SCALE
from tests.fakes.walks import SHAPES, Deed, Walk, Walker
from tests.fakes.worlds import on_database

WALKS = max(len(SHAPES), round(1000 * SCALE))
DEEDS = 24
MOST_REPLIES = 6
TWICE = 2
SEATS = 6
UNASKED = {
    "utter_access_request", "utter_access_decided", "utter_verification_notice", "message_removed",
    "utter_something_waits", "utter_undeliverable",
}  # fmt: skip
"""What a chat is told outside of its turns, and what is no reply at all."""
CHANGES = {
    "create", "edit", "rights", "reset_link", "unlock", "suspend", "resume", "delete", "undo",
    "decide_request", "request_access",
}  # fmt: skip
"""What the audit calls what is done in a chat."""

PEOPLE = """
    SELECT m.household_id, m.id, m.seat, m.role, m.status, m.first_name, m.last_name, m.email,
        m.language, m.username, m.deleted_at,
        (SELECT group_concat(r.service_id) FROM access_right r WHERE r.member_id = m.id),
        (SELECT group_concat(q.id || q.status) FROM access_request q WHERE q.member_id = m.id)
    FROM member m
"""

Household = Mapping[int, tuple[object, ...]]
"""Everything about each person, by id."""


class Entry(NamedTuple):
    """What the audit says was done."""

    household_id: int
    action: str
    actor: int
    target: int


@pytest.fixture
def walk(
    request: pytest.FixtureRequest, product: App, sqlite_url: str, clock: ManualClock, keys: Keys
) -> Iterator[Walk]:
    seed: int = request.param
    app = on_database(product, sqlite_url, clock, keys)
    shapes = list(SHAPES.values())
    walk = Walk(World(app, clock), Random(seed), shapes[seed % len(shapes)])
    walk.begin()
    yield walk
    app.database.close()


@pytest.mark.soak
@pytest.mark.parametrize("walk", range(WALKS), indirect=True)
def test_nobody_gets_lost_and_nothing_changes_without_a_yes(walk: Walk) -> None:
    watch = Watch(walk)
    for _ in range(DEEDS):
        deed = walk.choose()
        watch.before(deed.walker)
        walk.do(deed)
        if deed.message is not None:
            problems = list(watch.problems(deed))
            assert not problems, "\n".join([*walk.story, "", *map(str, problems)])
    for account in walk.accounts:
        assert watch.records.audit_is_whole(account)


@dataclass(slots=True)
class Watch:
    """Looks on, from outside: at replies, at the database, at who has proved what."""

    walk: Walk
    agreed: dict[str, str] = field(default_factory=dict)
    """Chats where a card had its yes, and only a new proof is missing: the card."""
    said: dict[str, list[str]] = field(default_factory=dict)
    """What was said last, by chat: each reply."""
    answered: dict[str, list[str]] = field(default_factory=dict)
    """The same: all replies to a message together."""
    households: Mapping[int, Household] = field(default_factory=dict)
    seen: int = 0
    """The last entry of the audit that was looked at."""
    card: str = ""
    """What the card says that was open before the deed."""

    @property
    def records(self) -> Records:
        return Records(self.walk.world)

    def before(self, walker: Walker) -> None:
        self.households = self.households or self._households()
        self.card = self._open_card(walker)

    def problems(self, deed: Deed) -> Iterator[str]:
        replies = deed.walker.chat.replies
        answers = [one for one in replies if one.template not in UNASKED]
        if not 1 <= len(answers) <= MOST_REPLIES:
            yield f"{len(answers)} replies"
        yield from self._languages(answers)
        yield from self._repetitions(deed.walker, replies)
        yield from self._dead_ends(deed.walker, answers)
        yield from self._changes(deed)

    def _languages(self, answers: Sequence[OutboxRow]) -> Iterator[str]:
        if len({one.language for one in answers}) > 1:
            yield "two languages in one answer"
        for reply in answers:
            texts = [one.texts for one in self._wordings(reply.template, "text_once_more")]
            said = _without_pages(reply.text or "")
            if not any(matches(one[reply.language], said) for one in texts):
                yield f"{reply.template} is not in {reply.language}: {reply.text}"

    def _wordings(self, *templates: str) -> list[Variation]:
        responses = self.walk.world.app.domain.responses
        return [one for name in templates for one in responses[name]]

    def _repetitions(self, walker: Walker, replies: Sequence[OutboxRow]) -> Iterator[str]:
        texts = [one.text for one in replies if one.text is not None]
        said = self.said.setdefault(walker.chat.name, [])
        answers = self.answered.setdefault(walker.chat.name, [])
        said += texts
        answers.append("\n".join(texts))
        for what, all_of_them in (("reply", said), ("answer", answers)):
            del all_of_them[: -MOST_REPLIES * TWICE]
            if any(len(list(same)) > TWICE for _, same in groupby(all_of_them)):
                yield f"the same {what} three times in a row"

    def _dead_ends(self, walker: Walker, answers: Sequence[OutboxRow]) -> Iterator[str]:
        state = walker.chat.row.state
        stack, question = state["stack"], state["question"]
        if not stack:
            if question is not None:
                yield "a question that belongs to nothing"
            return
        if question is None or question[1] != stack[-1]["id"]:
            yield f"{stack[-1]['flow']} waits and has asked nothing"
        elif answers and not answers[-1].template.startswith("utter_ask_"):
            yield f"the question is not what is read last, but {answers[-1].template}"

    def _changes(self, deed: Deed) -> Iterator[str]:
        entries, after = self._entries(), self._households()
        changed = {one for one in after if after[one] != self.households.get(one)}
        if changed - {entry.household_id for entry in entries}:
            yield "a household changed, and its audit does not say so"
        card = self._confirmed_card(deed)
        session = self._session(deed.walker)
        for entry in entries:
            if not card:
                yield f"{entry} without a yes"
            elif not any(name in card for name in self._names(entry, after)):
                yield f"{entry} is not what the card said: {card}"
            role = "secondary" if entry.action == "request_access" else "holder"
            known = session and (session.role, session.household_id, session.member_id)
            if known != (role, entry.household_id, entry.actor):
                yield f"{entry} by somebody who is verified as {session}"
        self.households = after
        if any(sum(one[0] is not None for one in h.values()) > SEATS for h in after.values()):
            yield "a seventh member"

    def _confirmed_card(self, deed: Deed) -> str:
        """The card that this deed says yes to, or that had its yes before a new proof."""
        chat = deed.walker.chat
        if self.card and deed.says_yes:
            self.agreed[chat.name] = self.card
        card = self.agreed.get(chat.name, "")
        flows = [frame["flow"] for frame in chat.row.state["stack"]]
        if "verify_identity" not in flows:
            self.agreed.pop(chat.name, None)
        return card

    def _names(self, entry: Entry, after: Mapping[int, Household]) -> list[str]:
        """What the person was called whom it is about, before and after; of a request, anybody."""
        if entry.action == "request_access":
            return [""]
        rows = [h[entry.household_id].get(entry.target) for h in (self.households, after)]
        return [str(row[3]) for row in rows if row is not None]

    def _open_card(self, walker: Walker) -> str:
        """The text of the card that waits for a yes, if one does."""
        question = walker.question
        domain = self.walk.world.app.domain
        steps = [step for flow in domain.flows.values() for step in flow.steps.values()]
        cards = {s.slot for s in steps if isinstance(s, Collect) and s.ask_before_filling}
        if question not in cards:
            return ""
        shown = self.records.rows(
            "SELECT o.text FROM outbox o JOIN conversation c ON c.id = o.conversation_id"
            f" WHERE c.chat_id = '{walker.chat.name}' AND o.template = 'utter_ask_{question}'"
            " ORDER BY o.id DESC LIMIT 1"
        )
        return str(shown[0][0])

    def _session(self, walker: Walker) -> Session | None:
        with self.walk.world.app.database.read() as uow:
            return uow.sessions.live(walker.chat.row.id, walker.chat.person, touch=False)

    def _entries(self) -> list[Entry]:
        """What the audit says was done since, in the chats."""
        rows = self.records.rows(
            "SELECT id, outcome, household_id, action, actor_member_id, target_member_id FROM audit"
            f" WHERE id > {self.seen} ORDER BY id"
        )
        self.seen = rows[-1][0] if rows else self.seen
        return [
            Entry(*rest) for _, outcome, *rest in rows if outcome == "done" and rest[1] in CHANGES
        ]

    def _households(self) -> Mapping[int, Household]:
        found: dict[int, dict[int, tuple[object, ...]]] = {}
        for household_id, member_id, *rest in self.records.rows(PEOPLE):
            found.setdefault(household_id, {})[member_id] = tuple(rest)
        return found


def matches(template: str, text: str) -> bool:
    """Whether a text is a wording with its placeholders filled; "de" may be "d'" before one."""
    template = re.sub(r"\b(d|qu)e \{", r"\1{", template)
    for name in placeholders(template):
        template = template.replace(f"{{{name}}}", "\0")
    return (
        re.fullmatch(".*".join(map(re.escape, template.split("\0"))), text, re.DOTALL) is not None
    )


def _without_pages(text: str) -> str:
    """Leave out the titles and addresses of pages, which stand at the end of a text."""
    lines = text.split("\n")
    while lines and lines[-1].startswith("http"):
        del lines[-2:]
    return "\n".join(lines)
