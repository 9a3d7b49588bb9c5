"""All actions, by name: what the flows may run."""

from collections.abc import Mapping
from functools import partial

from bot.actions import (
    answers,
    answers_checked,
    care,
    change_rights,
    create_user,
    decide_request,
    delete_user,
    edit_profile,
    handoff,
    list_users,
    my_access,
    request_access,
    resend_invitation,
    reset_password,
    show_history,
    sign_in_link,
    undo_change,
    unlock_user,
    verify_identity,
)
from bot.actions.base import DeskAction, Reference
from bot.dialogue.engine.in_process import ActionFactory

ROOMS = (
    answers,
    answers_checked,
    care,
    change_rights,
    create_user,
    decide_request,
    delete_user,
    edit_profile,
    handoff,
    list_users,
    my_access,
    request_access,
    resend_invitation,
    reset_password,
    show_history,
    sign_in_link,
    undo_change,
    unlock_user,
    verify_identity,
)
ACTIONS: tuple[type[DeskAction], ...] = tuple(
    one
    for room in ROOMS
    for one in vars(room).values()
    if isinstance(one, type) and issubclass(one, DeskAction) and "action_name" in vars(one)
)
"""Whatever has a name of its own in those files."""


def action_factories(reference: Reference) -> Mapping[str, ActionFactory]:
    """Return a factory for each action, by name; it makes the action for the desk of a turn."""
    return {action.action_name: partial(action, reference=reference) for action in ACTIONS}
