"""Whatever changes a household has its words wherever it is told: found by its name."""

import pytest
import yaml

from bot.dialogue.flows.domain import Call
from bot.mail.catalogue import Catalogue
from bot.registry import domain_of
from storage.households.actors import Holder, Secondary
from storage.households.declared import CHANGES, UNDOABLE, Change
from tests.test_architecture import ROOT

DOMAIN = domain_of()
PAGES = yaml.safe_load((ROOT / "bot/web/pages.yml").read_text("utf-8"))
WHO_SOMEBODY_IS = {"one_time_code", "verification_notice", "verification_disowned"}
ABOUT_MAILS = {"one_time_code_last", "password_reset_last", "several_events", "undeliverable"}
NO_CHANGE = WHO_SOMEBODY_IS | ABOUT_MAILS

every_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


def named_in(response: str) -> set[str]:
    """The changes that a response has words of their own for."""
    return {str(one.when["action"]) for one in DOMAIN.responses[response] if "action" in one.when}


@every_change
def test_the_history_tells_every_change_in_its_own_words(change: Change) -> None:
    assert (change.entered_as or change.name) in named_in("text_history")


@every_change
def test_the_page_of_a_stranger_s_doings_names_whatever_can_be_done_in_a_chat(
    change: Change,
) -> None:
    assert change.by not in {Holder, Secondary} or f"change_{change.name}" in PAGES


@every_change
def test_a_change_can_be_taken_back_or_says_why_not(change: Change) -> None:
    assert (change.undo is None) == bool(change.final)


def test_the_history_names_every_task_that_only_the_holder_may_begin() -> None:
    """Refused to somebody else, it is entered by the task's name."""
    proving = {
        flow.id
        for flow in DOMAIN.flows.values()
        for step in flow.steps.values()
        if isinstance(step, Call) and step.flow == "verify_holder"
    }
    assert named_in("text_tried") == proving


def test_the_card_of_an_undo_shows_every_change_that_can_be_taken_back() -> None:
    assert named_in("text_undo") == UNDOABLE


def test_every_mail_is_declared_by_a_change_and_every_declared_mail_is_written() -> None:
    declared = {mail.template for change in CHANGES.values() for mail in change.mails}
    assert set(Catalogue.load().mails) == declared | NO_CHANGE


@every_change
def test_whoever_is_changed_by_somebody_else_hears_of_it(change: Change) -> None:
    """Not somebody who is erased, or was given a copy of what is kept about them.

    Nor of a request that has just run out.
    """
    silent = {
        "expire",
        "sweep",
        "erase",
        "export",
        "own_unlock",
        "activated",
        "confirm_email",
    }
    assert bool(change.mails) == (change.name not in silent)
