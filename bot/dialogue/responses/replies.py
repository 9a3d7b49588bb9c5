"""What a turn says: replies with their buttons, kept until the turn is written down."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_letters
from typing import Any, Literal

from bot.dialogue.engine.in_process import Utterance
from bot.dialogue.engine.state import MAX_BUTTONS, DialogueState, LiveButton, Question
from bot.dialogue.engine.tracker import Tracker
from bot.dialogue.payloads import set_slots
from bot.dialogue.responses.catalogue import RenderedButton, Responses
from bot.languages import DEFAULT

BUTTON_LETTERS = 16
"""Letters of an opaque button id: 91 bits, and never mistaken for a code."""


TWICE = 2

Card = Literal["", "card", "dangerous"]
"""Whether a yes is waited for; after one to a dangerous card somebody goes."""

DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the person.

    `buttons` are `{"title", "payload": opaque id}`, or lead to a page: `{"title", "url"}`;
    one with an `app` instead opens inside the messenger.
    """

    response: str
    text: str
    parameters: Mapping[str, Any]
    buttons: tuple[Mapping[str, str], ...]
    question: str | None = None
    plain: str = ""
    """What `text` says once more, where it does."""
    card: bool = False
    """Whether a change waits for a yes to it."""
    toast: str = ""
    """Words that may pass instead, where a tap brought it about and nothing can be tapped in it."""
    is_public: bool = False
    """Whether everybody gets the same words: nothing in them is somebody's own."""

    @property
    def words(self) -> str:
        return self.plain or self.text


class Replies:
    """Collects the replies of one turn and binds their buttons to the conversation."""

    def __init__(self, responses: Responses, tracker: Tracker, language: str) -> None:
        self._responses = responses
        self._tracker = tracker
        self.language = language
        self.said: list[Reply] = []
        self.asked = tracker.state.question
        """The question that was open before the turn."""
        self._before = [str(reply["text"]) for reply in tracker.state.last_replies]

    @property
    def _state(self) -> DialogueState:
        return self._tracker.state

    def knows(self, name: str) -> bool:
        return self._responses.knows(name)

    def say(
        self,
        utterances: Sequence[Utterance],
        context: Mapping[str, Any],
        question: Question | None = None,
        *,
        card: Card = "",
    ) -> None:
        """Render utterances in the language of the conversation and keep them."""
        for utterance in utterances:
            values = {**self._state.slots, **context, **utterance.parameters}
            text = self._responses.text(utterance.response, self.language, values)
            buttons = self._responses.buttons(
                utterance.response, self.language, values, utterance.buttons
            )
            bound = tuple(self._bind(button, question, card) for button in buttons)
            reply = Reply(
                utterance.response,
                text,
                utterance.parameters,
                bound,
                question=question.id if question else None,
                card=bool(card and bound),
                toast=self._responses.toast(utterance.response, self.language, values),
                is_public=self._is_public(utterance, values),
            )
            self._keep(reply)

    def _is_public(self, utterance: Utterance, values: Mapping[str, Any]) -> bool:
        """Whether nothing in it is somebody's own; buttons that an action added may be names."""
        added = any(isinstance(button["title"], str) for button in utterance.buttons)
        return not added and self._responses.is_public(utterance.response, values)

    def digest(self, utterances: Sequence[Utterance]) -> str:
        """Return a short digest of what a card shows, the same in every language."""
        shown = "\n".join(
            self._responses.text(u.response, DEFAULT, {**self._state.slots, **u.parameters})
            for u in utterances
        )
        return hashlib.sha256(shown.encode()).hexdigest()[:16]

    def repeats_itself(self) -> bool:
        """Whether something said in this turn is what was said in the turn before."""
        before = {reply["text"] for reply in self._state.last_replies}
        return any(
            reply.words in before and reply.response != "utter_code_sent_again"
            for reply in self.said
        )

    def again(self) -> None:
        """Say the replies of the turn before once more; their buttons still stand."""
        for reply in list(self._state.last_replies):
            card, buttons = reply.get("card", False), tuple(reply["buttons"])
            self._keep(Reply(reply["response"], reply["text"], {}, buttons, card=card))

    def _keep(self, reply: Reply) -> None:
        """Keep a reply; what was said twice in a row is not said the same way a third time.

        Nor is anything said twice in one turn: it stands where it was said last.
        """
        told = [
            kept
            for kept in self.said
            if (kept.response, kept.words) == (reply.response, reply.text)
        ]
        if told:
            self.said.remove(told[0])
            self.said.append(reply)
            return
        if self._state.recent == [reply.text] * TWICE:
            reply = self._once_more(reply)
        self._state.recent = [*self._state.recent, reply.text][-TWICE:]
        self.said.append(reply)
        data = {"buttons": [dict(b) for b in reply.buttons]}
        self._tracker.said(reply.text, data, reply.response)

    def _once_more(self, reply: Reply) -> Reply:
        text = self._responses.text("text_once_more", self.language, {"text": reply.text})
        return replace(reply, text=text, plain=reply.text)

    def vary(self) -> None:
        """Do not give an answer of several replies in the same words three times in a row."""
        alike = len(self.said) > 1 and [reply.words for reply in self.said] == self._before
        self._state.alike = self._state.alike + 1 if alike else 0
        if self._state.alike % TWICE == 0 and alike and not any(reply.plain for reply in self.said):
            self.said[0] = self._once_more(self.said[0])

    def _bind(
        self, button: RenderedButton, question: Question | None, card: Card = ""
    ) -> Mapping[str, str]:
        if button.url or button.app:
            leads = {"url": button.url, "app": button.app}
            return {"title": button.title, **{key: to for key, to in leads.items() if to}}
        live = LiveButton(button.payload, button.titles)
        if question is not None:
            live = LiveButton(
                button.payload,
                button.titles,
                question.frame,
                question.slot,
                question.digest,
                self._state.stack.task_of(question.frame),
            )
        is_yes = True in (set_slots(button.payload) or {}).values()
        style = {"style": DANGER} if card == "dangerous" and is_yes else {}
        return {**bound(self._state, button, live), **style}


def bound(
    state: DialogueState, button: RenderedButton, live: LiveButton | None = None
) -> Mapping[str, str]:
    """Return a button under an opaque id, which the conversation remembers."""
    button_id = "b" + "".join(secrets.choice(ascii_letters) for _ in range(BUTTON_LETTERS))
    state.buttons[button_id] = live or LiveButton(button.payload, button.titles)
    while len(state.buttons) > MAX_BUTTONS:
        del state.buttons[next(iter(state.buttons))]
    return {"title": button.title, "payload": button_id}
