"""What the agents see of a case: its topic's name, its card with buttons, and its lines."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chats import content_called
from bot.handoff.acts import OFFER
from bot.handoff.card import LiveCard, proved
from bot.handoff.hearing import heard, sent
from bot.handoff.masking import masked
from bot.handoff.words import DeskWords
from storage.handoff.desk_rows import cut_to
from storage.handoff.handoffs import Case
from storage.identity.sessions import Session
from storage.limits import DESK_OPENING, DESK_TEXT
from storage.messages.conversations import ConversationRow

TRANSCRIPT = 40
"""Lines of the conversation so far that the agents are shown."""
TITLE_LENGTH = 100
"""A topic's name may have at most 128 characters where agents are."""
TRIED = {
    "action_answer_question": "tried_answer",
    "action_explain_question": "tried_misread",
    "action_send_code": "tried_code",
    "done": "tried_done",
    "misread": "tried_misread",
    "refused": "tried_refused",
}
"""What was tried, by the outcome of a response, or by an action that says nothing itself."""

BUTTONS = {
    "queued": ("claim", "transcript"),
    "claimed": ("return", "close", "offer", "transcript"),
    "lent": ("back", "return", "close", "transcript"),
}
"""What can be tapped at a card, by its state."""
WITHOUT_CHAT = frozenset({"claim", "back", "return", "close", "offer"})

Event = Mapping[str, Any]
Button = Mapping[str, str]


def summary_of(
    conversation: ConversationRow,
    session: Session | None,
    goal: Mapping[str, str] | None,
    events: Iterable[Event],
    outcome: Callable[[str], str],
) -> dict[str, Any]:
    """Return what a card is made of: values of texts (see `bot.texts`), nothing rendered."""
    return {
        "goal": dict(goal) if goal else {"response": "goal_none"},
        **proved(session, {}),
        "tried": _tried(events, outcome),
        "where": f"{conversation.channel} {conversation.chat_id}",
    }


def _tried(events: Iterable[Event], outcome: Callable[[str], str]) -> Any:
    said = (str(_name(event)) for event in events)
    names = (TRIED.get(outcome(name) or name) for name in said)
    counts = Counter(name for name in names if name is not None)
    tried = [{"response": n, "parameters": {"count": count}} for n, count in counts.items()]
    return tried or {"response": "tried_none"}


def _name(event: Event) -> Any:
    """Return what was run or said; an action that is a response is counted once."""
    if event["event"] == "bot":
        return event.get("metadata", {}).get("utter_action")
    name = event.get("name") if event["event"] == "action" else None
    return None if str(name).startswith("utter_") else name


@dataclass(frozen=True, slots=True)
class Showing:
    """Renders a case in the language of the agents."""

    words: DeskWords
    tasks: Mapping[str, Mapping[str, str]]
    """What each task that can be offered is called, by language."""
    live: LiveCard
    outcome: Callable[[str], str]
    """What a response means: done, refused, misread; empty: nothing."""

    def title(self, case: Case) -> str:
        name = "title_urgent" if case.urgent else "title"
        goal = case.summary["goal"]
        return self.words.say(name, number=case.id, goal=goal, side=case.language)[:TITLE_LENGTH]

    def card(self, case: Case, state: str, facts: Mapping[str, Any]) -> str:
        """Return the summary; `state` is "queued", "claimed", "lent" or how it ended."""
        text = self.words.say(
            "card",
            number=case.id,
            state={"response": f"state_{state}", "parameters": {"agent": case.agent_name}},
            reason={"response": f"reason_{case.reason}"},
            language_name={"language": case.language},
            **{**case.summary, **facts},
        )
        return cut_to(text, DESK_TEXT - DESK_OPENING - 1)

    def buttons(self, state: str, *, has_chat: bool) -> Sequence[Button]:
        keys = [key for key in BUTTONS.get(state, ()) if has_chat or key in WITHOUT_CHAT]
        return [
            {"title": self.words.say(f"button_{key}"), "payload": "claim" if key == "back" else key}
            for key in keys
        ]

    def offers(self) -> Sequence[Button]:
        """Return a button for each task that the customer could do with the bot."""
        return [
            {"title": names[self.words.language], "payload": f"{OFFER}{task}"}
            for task, names in self.tasks.items()
        ]

    def no_word(self) -> Sequence[Button]:
        """Return what can be tapped instead of a word: there is none, or it is no return."""
        keys = ("no_word", "stay")
        return [{"title": self.words.say(f"button_{key}"), "payload": key} for key in keys]

    def line(self, speaker: str, text: str) -> str:
        """Return what "customer", "bot" or "agent" said, without what is private."""
        return self.words.say(f"said_{speaker}", text=masked(text))

    def transcript(self, events: Sequence[Event]) -> list[str]:
        """Return the newest lines of what was said so far."""
        return [line for event in events for line in self._said(event)][-TRANSCRIPT:]

    def _said(self, event: Event) -> Iterator[str]:
        match event["event"]:
            case "user":
                about = event.get("parse_data", {}).get("metadata") or {}
                unseen = sent(self.words, about, masked)
                yield from [unseen] if unseen else []
                yield from heard(self.words, event.get("text") or "", about, masked)
            case "bot":
                about = event.get("metadata", {})
                yield self._answered(event.get("text") or "", about)

    def _answered(self, text: str, about: Mapping[str, Any]) -> str:
        """Return what the bot or an agent said; of a picture, what it was."""
        if "media" in about:
            kind = content_called(about["media"])
            return self.words.say("said_agent_sent", kind=kind, text=masked(text))
        return self.line("agent" if about.get("agent") else "bot", text)


def state_of(case: Case) -> str:
    """Return what the card says of an open case."""
    return "lent" if case.lent_at else case.status
