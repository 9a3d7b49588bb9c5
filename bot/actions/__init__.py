"""All actions, by name: what the flows may run."""

from collections.abc import Mapping
from functools import partial

from bot.actions import answers, create_user, list_users, verify_identity
from bot.actions.base import DeskAction, Reference
from bot.dialogue.in_process import ActionFactory
from bot.dialogue.turn import Desk

ACTIONS: tuple[type[DeskAction], ...] = (
    answers.ActionAnswerQuestion,
    answers.ActionClarify,
    answers.ActionExplainQuestion,
    answers.ActionRecordFeedback,
    answers.ActionSearchArticles,
    answers.ActionTaskUnavailable,
    create_user.ActionAskCreateConfirmation,
    create_user.ActionAskNewServices,
    create_user.ActionCheckPlaces,
    create_user.ActionCreateUser,
    create_user.ValidateNewEmail,
    create_user.ValidateNewFirstName,
    create_user.ValidateNewLastName,
    create_user.ValidateNewServices,
    list_users.ActionListUsers,
    verify_identity.ActionAskOneTimeCode,
    verify_identity.ActionAskUsername,
    verify_identity.ActionCheckSession,
    verify_identity.ActionRequireHolder,
    verify_identity.ActionSaySession,
    verify_identity.ActionSendCode,
    verify_identity.ActionSignOut,
    verify_identity.ValidateOneTimeCode,
    verify_identity.ValidateUsername,
)


def action_factories(desk: Desk, reference: Reference) -> Mapping[str, ActionFactory]:
    """Return a factory for each action, bound to the desk of one turn."""
    return {action.action_name: partial(action, desk, reference) for action in ACTIONS}
