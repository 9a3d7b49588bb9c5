"""Everything one transaction can say to the system of record."""

from storage.audit.chain import Audit
from storage.audit.checks import Checks
from storage.audit.history import History
from storage.audit.linking import Linking
from storage.audit.verifying import Verifying
from storage.handoff.agent_words import AgentWords
from storage.handoff.bans import Bans
from storage.handoff.canned_replies import CannedReplies
from storage.handoff.case_lists import CaseLists
from storage.handoff.desk_outbox import DeskOutbox
from storage.handoff.earlier_cases import EarlierCases
from storage.handoff.follow_ups import FollowUps
from storage.handoff.groups import AgentGroups
from storage.handoff.handoffs import Handoffs
from storage.handoff.objections import Objections
from storage.handoff.ratings import Ratings
from storage.households.access_requests import AccessRequests
from storage.households.authority import Authority
from storage.households.changes import Changes
from storage.households.closing import Closing
from storage.households.ending import Ending
from storage.households.erasing import Erasing
from storage.households.exporting.reading import Exporting
from storage.households.foreseen import Foreseen
from storage.households.households import Households
from storage.households.importing.loading import Importing
from storage.households.importing.progress import ImportProgress
from storage.households.importing.unlisted import Unlisted
from storage.households.leaving import Leaving
from storage.households.presets import Presets
from storage.households.services import Services
from storage.households.undelivered import Undelivered
from storage.households.undoing import Undoing
from storage.identity.accounts import Accounts
from storage.identity.browsers import Browsers
from storage.identity.codes import Codes
from storage.identity.forgotten import Forgotten
from storage.identity.guesses import Guesses
from storage.identity.linked import LinkedChats
from storage.identity.links import Links
from storage.identity.lockout import Lockout
from storage.identity.page_floods import PageFloods
from storage.identity.page_sessions import PageSessions
from storage.identity.passkey_links import PasskeyLinks
from storage.identity.passkeys import Passkeys
from storage.identity.refused_tokens import RefusedTokens
from storage.identity.sessions import Sessions
from storage.identity.sign_in import SignIn
from storage.identity.sign_in_inside import SignInInside
from storage.identity.sign_in_links import SignInLinks
from storage.identity.standing import Standing
from storage.jobs import Jobs
from storage.keyring.known import KnownKeys
from storage.keyring.resealing import Resealing
from storage.messages.chat_events import ChatEvents
from storage.messages.chat_outbox import ChatOutbox
from storage.messages.conversations import Conversations
from storage.messages.feedback import Feedback
from storage.messages.inbox import Inbox
from storage.messages.outbox import Outbox
from storage.messages.pace import Pacing
from storage.messages.signs import Signs
from storage.sweeping import Sweeping
from storage.transaction import Repository, Transaction, part


class UnitOfWork(Repository):
    """Made by `Database.write` and `Database.read`; nothing in here commits."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction)
        self.clock = transaction.clock
        self.keys = transaction.keys

    conversations = part(Conversations)
    inbox = part(Inbox)
    outbox = part(Outbox)
    chat_events = part(ChatEvents)
    chat_outbox = part(ChatOutbox)
    feedback = part(Feedback)
    pacing = part(Pacing)

    handoffs = part(Handoffs)
    case_lists = part(CaseLists)
    agent_groups = part(AgentGroups)
    desk_outbox = part(DeskOutbox)
    agent_words = part(AgentWords)
    earlier_cases = part(EarlierCases)
    follow_ups = part(FollowUps)
    bans = part(Bans)
    canned_replies = part(CannedReplies)
    objections = part(Objections)
    ratings = part(Ratings)

    sessions = part(Sessions)
    refused_tokens = part(RefusedTokens)
    page_floods = part(PageFloods)
    page_sessions = part(PageSessions)
    passkeys = part(Passkeys)
    passkey_links = part(PasskeyLinks)
    linked_chats = part(LinkedChats)
    links = part(Links)
    browsers = part(Browsers)
    codes = part(Codes)
    guesses = part(Guesses)
    signs = part(Signs)
    sign_in_inside = part(SignInInside)
    sign_in_links = part(SignInLinks)
    sign_in = part(SignIn)
    forgotten = part(Forgotten)
    accounts = part(Accounts)
    lockout = part(Lockout)
    standing = part(Standing)

    known_keys = part(KnownKeys)
    resealing = part(Resealing)

    audit = part(Audit)
    audit_links = part(Linking)
    audit_verifying = part(Verifying)
    audit_checks = part(Checks)
    history = part(History)

    authority = part(Authority)
    households = part(Households)
    changes = part(Changes)
    foreseen = part(Foreseen)
    undoing = part(Undoing)
    requests = part(AccessRequests)
    leaving = part(Leaving)
    importing = part(Importing)
    import_progress = part(ImportProgress)
    unlisted = part(Unlisted)
    services = part(Services)
    presets = part(Presets)
    undelivered = part(Undelivered)
    closing = part(Closing)
    ending = part(Ending)
    erasing = part(Erasing)
    exporting = part(Exporting)
    sweeping = part(Sweeping)
    jobs = part(Jobs)
