"""Every lifetime and allowance of the system of record, in one place."""

from dataclasses import dataclass, replace
from datetime import timedelta

SEATS = 6
"""People per household, the holder included: the Customer Centre's own rule."""

CODE_DIGITS = 8
CODE_LIFETIME = timedelta(minutes=10)
CODE_TRIES = 5
GUESSES_WINDOW = timedelta(days=1)
GUESSES_PER_CONVERSATION = 10
"""Wrong codes and numbers of one chat within the window; then it can verify nobody for a while."""
GUESSES_PER_ACCOUNT = 20
"""Wrong codes for one account within the window, over chats that never verified for it."""
WAVE_WINDOW = timedelta(hours=1)
WAVE_ACCOUNTS = 50
"""So many accounts with wrong codes within the window are no slips of single people."""
HALF_LASTS = timedelta(minutes=10)
"""How long the first of two proofs waits for the second."""

SENDS_WINDOW = timedelta(minutes=15)
SENDS_PER_CONVERSATION = 3
SENDS_PER_ACCOUNT_HOUR = 5
SENDS_PER_ACCOUNT_DAY = 10

REFUSED_TOKENS = 30
REFUSED_TOKENS_WINDOW = timedelta(minutes=1)
"""So many wrong tokens of the HTTP interface from one address; then it is told to wait."""

PAGE_SHARE, PAGE_SHARES, PAGE_WINDOW = 100, 30, timedelta(seconds=10)
"""Requests to the pages from one address, thirty shares of a hundred: far more than a household
behind one address needs, or a person can read."""

SESSION_IDLE = timedelta(minutes=5)
SESSION_LENGTH = timedelta(minutes=15)

TOKEN_BYTES = 16
"""128 bits (OWASP asks for at least 64 of entropy)."""
ACTIVATION_LIFETIME = timedelta(days=5)
RESET_LIFETIME = timedelta(hours=1)
CONFIRMATION_LIFETIME = timedelta(days=5)
"""Of the link that confirms a new address."""
MAILBOX_LOST = timedelta(hours=24)
"""After that a new address counts unconfirmed, where the holder says that the old one is lost."""
NOT_ME_LIFETIME = timedelta(days=7)
OBJECTION_LIFETIME = timedelta(days=30)
DISOWNED_FOR = timedelta(hours=24)
CHAT_LINK_LASTS = timedelta(days=30)
"""Since the last proof there; a chat that is not linked gets no notices."""

UNDO_FOR = timedelta(hours=24)
"""For so long a change can be taken back, and a deleted member is kept."""
CLOSED_KEPT = timedelta(days=30)
"""For so long the people of a closed household are kept, and it can be reopened as it was."""
OLD_ADDRESS_TOLD = timedelta(hours=24)
"""For so long after an e-mail change, reset notices also go to the former address."""

SIGN_IN_LINK_LIFETIME = timedelta(minutes=10)
OPENING_LASTS = SIGN_IN_LINK_LIFETIME
"""For so long after it was opened inside a messenger a page may be used there."""
OPENING_SKEW = timedelta(minutes=1)
"""By so much the messenger's clock may be ahead of ours."""
SIGN_IN_NUMBER_DIGITS = 6
SIGN_IN_NUMBER_TRIES = 3

PAGE_SESSION_IDLE = timedelta(minutes=15)
PAGE_SESSION_LENGTH = timedelta(hours=2)
PAGE_SESSION_TOKEN_BYTES = 32
RESETS_PER_HOUR = 3
"""As long as a link lives: while the allowance is used up, one of them still works."""
RESETS_PER_DAY = 5
"""Asked for by anybody; the link of the last one lives until the allowance renews."""
PROVED_PER_DAY = 10
"""Mails of a kind that one receiver gets because a holder who was verified wished it."""
EVENTS_PER_HOUR = 5
"""Mails about what has happened that one receiver gets each by itself; then one lists the rest."""
KNOWN_BROWSER_LASTS = timedelta(days=400)
"""Since it was last signed in; browsers keep no cookie for longer (RFC 6265bis)."""
USERNAME_TRIES = 5
"""Names that somebody else has and that one invitation may find out."""

PASSKEY_KEPT = timedelta(hours=24)
"""Between the removal of a passkey and its end: its owner has the mail, and can keep it."""
PASSKEYS_PER_PERSON = 10
PASSKEY_LINK_LIFETIME = timedelta(minutes=10)
"""Of the page where a chat has a passkey used; it ends with the chat's session at the latest."""
CHALLENGE_LIFETIME = timedelta(minutes=5)
"""For so long a device may take to answer with a passkey."""

REQUEST_LIFETIME = timedelta(days=7)
"""For so long a request for access waits for the holder."""
REMINDER_EVERY = timedelta(days=1)
"""Between two reminders of one request."""
WORDS_LENGTH = 200
OBJECTION_WORDS = 500
"""Characters of what somebody has us pass on to somebody else of the household."""

PROOFS_KEPT = timedelta(days=30)
"""For so long it is known that there was a code, a link, a session, a try to sign in."""
SWEEP_ROWS = 500
"""How many rows of a table one transaction of the sweep takes at most."""

IMPORT_GOES_ON_FOR = timedelta(days=1)
"""For so long it is remembered where an import stopped in the middle."""

INVITATIONS_PER_DAY = 10
NAME_LENGTH = 60
USERNAME_LENGTH = range(3, 41)
FAILED_SIGN_INS = 5

GAP_TEXT_LENGTH = 200
ERROR_LENGTH = 2000
SUPERSEDED = "superseded: an agent has the conversation"
"""The error of a bot's reply that a takeover overtook; nobody needs to look at it."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a queue tries to send something: pauses double from `first` to `longest`."""

    first: timedelta
    longest: timedelta
    attempts: int
    """After so many it is dead, whatever came of them: no row is tried for ever."""
    claim: timedelta | None = None
    """How long one attempt may take; then another process may try. None: as long as the pause."""

    def pause(self, attempts: int) -> timedelta:
        """How long to wait before the next attempt, after so many."""
        return min(self.first * (1 << min(attempts, 10)), self.longest)

    def claim_after(self, attempts: int) -> timedelta:
        """How long the next attempt may take, after so many."""
        return self.claim or self.pause(attempts)


MAIL_PATIENCE = Patience(timedelta(seconds=15), timedelta(hours=1), attempts=10)
CHAT_CLAIM = timedelta(seconds=10)
CHAT_PATIENCE = Patience(timedelta(seconds=1), timedelta(minutes=1), attempts=64, claim=CHAT_CLAIM)
"""With these pauses an hour: an answer that could not be sent for so long is none any more."""
DESK_PATIENCE = replace(CHAT_PATIENCE, attempts=1440)
"""With these pauses a day: a group that is out of reach for a night loses nothing."""

DESK_PAUSE = timedelta(seconds=3.1)
"""Between two requests to the agents' group: just under 20 a minute."""
DESK_TEXT = 4000
"""UTF-16 code units of one message to the group; a messenger takes 4096."""
DESK_CALLS = 600
"""Of which so many are kept free for the names of those who are called."""
DESK_OPENING = 1600
"""Of these, what a card is sent with of what was said; the card itself may grow still."""
ALBUM = 100
"""Pictures that a messenger copies with one request."""
ALBUM_GATHERS = timedelta(seconds=1)
"""How long the pictures of one album are waited for: each comes by itself."""

FOLLOW_UP_WITHIN = timedelta(days=30)
"""So far ahead agents are reminded of a case."""
BAN_LASTS = timedelta(days=7)
"""For so long a chat may call no agent, unless one of them lifts it before."""
BAN_REASON_LENGTH = 500
"""Characters of why, as an agent notes it."""
ON_CALL_LASTS = timedelta(hours=12)
"""Who has not said that their duty is over is called first no longer than that."""
CANNED_LENGTH = 1000
"""Characters of a canned reply."""
CANNED_MOST = 100
"""Canned replies that agents may add."""
