"""A conversation in which a question is open."""

from bot.dialogue.engine.stack import Frame
from bot.dialogue.engine.state import DialogueState, LiveButton, Question
from bot.dialogue.flows.domain import Collect, Domain, Flow


def asked(domain: Domain, flow: Flow, step: Collect) -> DialogueState:
    """The state after the question was asked, with the buttons of its card."""
    state = DialogueState()
    frame = Frame("f1", flow.id, step.id, "regular")
    question = Question("q1", frame.id, step.slot, "digest")
    state.stack.push(frame)
    state.question = question
    shown = [
        button
        for variation in domain.responses.get(f"utter_ask_{step.slot}", ())[:1]
        for button in variation.buttons
    ]
    for number, button in enumerate(shown):
        titles = tuple(button.titles.values())
        live = LiveButton(button.payload, titles, frame.id, step.slot, question.digest, flow.id)
        state.buttons[f"b{number}"] = live
    buttons = [{"title": "", "payload": key} for key in state.buttons]
    state.last_replies = [{"response": f"utter_ask_{step.slot}", "text": "", "buttons": buttons}]
    return state
