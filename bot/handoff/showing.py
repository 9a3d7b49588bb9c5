"""What the agents see of a case: its topic's name, its card with buttons, and its lines."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.handoff.acts import OFFER
from bot.handoff.masking import masked
from bot.handoff.words import DeskWords
from storage.handoff.handoffs import Case
from storage.identity.sessions import Session
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
        "who": _who(session),
        "proof": _proof(session),
        "tried": _tried(events, outcome),
        "where": f"{conversation.channel} {conversation.chat_id}",
    }


def _who(session: Session | None) -> Any:
    if session is None:
        return {"response": "who_unknown"}
    role = {"response": f"role_{session.role}"}
    return {
        "response": "who_proved",
        "parameters": {"first_name": session.first_name, "role": role},
    }


def _proof(session: Session | None) -> Any:
    if session is None:
        return {"response": "proof_none"}
    return {
        "response": "proof_until",
        "parameters": {"until": {"time": session.ends_at.isoformat()}},
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
    outcome: Callable[[str], str]
    """What a response means: done, refused, misread; empty: nothing."""

    def title(self, case: Case) -> str:
        name = "title_urgent" if case.urgent else "title"
        goal = case.summary["goal"]
        return self.words.say(name, number=case.id, goal=goal, side=case.language)[:TITLE_LENGTH]

    def card(self, case: Case, state: str) -> str:
        """Return the summary; `state` is "queued", "claimed", "lent" or how it ended."""
        return self.words.say(
            "card",
            number=case.id,
            state={"response": f"state_{state}", "parameters": {"agent": case.agent_name}},
            reason={"response": f"reason_{case.reason}"},
            language_name={"language": case.language},
            remark={"response": "remark_urgent" if case.urgent else "remark_usual"},
            **case.summary,
        )

    def buttons(self, state: str) -> Sequence[Button]:
        keys = {
            "queued": ("claim",),
            "claimed": ("return", "close", "offer"),
            "lent": ("back", "return", "close"),
        }.get(state, ())
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
        said = [self._said(event) for event in events]
        return [line for line in said if line is not None][-TRANSCRIPT:]

    def _said(self, event: Event) -> str | None:
        match event["event"]:
            case "user" if event.get("text"):
                return self.line("customer", event["text"])
            case "user":
                return self.words.say("said_button")
            case "bot":
                speaker = "agent" if event.get("metadata", {}).get("agent") else "bot"
                return self.line(speaker, event.get("text") or "")
            case _:
                return None


def state_of(case: Case) -> str:
    """Return what the card says of an open case."""
    return "lent" if case.lent_at else case.status
