"""A way through every task: what starts it, and a good answer to each of its questions.

A question without an entry in `GOOD` stops every walk that meets it, so a new question of a
flow needs an answer here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.dialogue.flows.domain import Call, Domain
from tests.fakes.chats import Chat, World
from tests.fakes.talks import open_question

CODE = "(the code of the newest mail)"
NUMBER = "(the number that the page shows)"
GOOD: Mapping[str, str] = {
    "username": "diane",
    "one_time_code": CODE,
    "sign_in_number": NUMBER,
    "new_first_name": "Zoé",
    "new_last_name": "Lavoie",
    "new_email": "zoe@example.com",
    "address_meant": "yes",
    "new_services": "the bills",
    "create_confirmation": "yes",
    "rights_user": "Hugo",
    "rights_change": "give",
    "rights_services": "TV",
    "rights_confirmation": "yes",
    "deleted_user": "Hugo",
    "delete_confirmation": "yes",
    "reset_user": "Hugo",
    "reset_confirmation": "yes",
    "unlocked_user": "Léa",
    "unlock_confirmation": "yes",
    "suspended_user": "Hugo",
    "suspended_until": "until Sunday",
    "suspend_confirmation": "yes",
    "resumed_user": "Hugo",
    "resume_confirmation": "yes",
    "rights_until": "for two weeks",
    "new_until": "for two weeks",
    "edited_user": "Hugo",
    "edited_field": "name",
    "edited_name": "Hugues Tremblay",
    "edited_email": "hugues@example.com",
    "edited_language": "English",
    "edit_confirmation": "yes",
    "invited_user": "Zoé",
    "invitation_confirmation": "yes",
    "undo_confirmation": "yes",
    "requested_services": "TV",
    "request_confirmation": "yes",
    "withdrawal_confirmation": "yes",
    "invitation_email": "zoe@example.com",
    "leave_confirmation": "yes",
    "preview_user": "Hugo",
    "preview_services": "TV",
    "request_note": "it is for school",
    "note_confirmation": "yes",
    "reminder_confirmation": "yes",
    "request_of": "Hugo",
    "approval_until": "until Sunday",
    "approval_confirmation": "yes",
    "declining_confirmation": "yes",
}
SIGNING_IN = "verify_identity"
ON_PAGE = "Sign in on our page instead"
VERIFYING = frozenset({"username", "one_time_code", "sign_in_number"})
MOST_QUESTIONS = 12
FAILURES = 5


@dataclass(frozen=True, slots=True)
class Walk:
    """One way through the task that an intent starts, to its last words."""

    intent: str
    ends_with: str
    answers: Mapping[str, str] = field(default_factory=dict)
    """Where this way does not take the answer of `GOOD`."""
    decides: str | None = None
    """The button of a notice that starts it: Approve or Decline."""
    says: str | None = None
    """What is typed to start it, where that is no command."""
    earlier: tuple["Walk", ...] = ()
    """What others have done in their chats before."""
    locked: str | None = None
    """Whose user name is locked before."""

    def __str__(self) -> str:
        words = [self.decides, self.says, *(f"after {one}" for one in self.earlier)]
        return " ".join([self.intent, *self.answers.values(), *filter(None, [*words, self.locked])])


HUGO = {"username": "hugo"}
ADDED = Walk("create_user", "utter_user_created")
ALSO_ADDED = replace(ADDED, answers={"new_first_name": "Tom Roy", "new_email": "tom@example.com"})
MISTYPED = replace(ADDED, answers={"new_first_name": "Ann Roy", "new_email": "ann@gmial.com"})
REQUESTED = Walk("request_access", "utter_request_sent", HUGO)
OF_HUGO = replace(REQUESTED, answers={"username": "hugo", "requested_services": "usage"})
AGAIN_OF_HUGO = replace(REQUESTED, answers={"username": "hugo", "requested_services": "data"})
OF_LEA = replace(REQUESTED, answers={"username": "lea"})
BOTH = {"username": "lea", "requested_services": "voicemail and data"}
SUSPENDED = Walk("suspend_user", "utter_user_suspended")
LEA_TOO = replace(SUSPENDED, answers={"suspended_user": "Léa"})
WALKS = (
    Walk("verify_identity", "utter_verified"),
    Walk("verify_identity", "utter_verified", {"username": ON_PAGE}),
    ADDED,
    MISTYPED,
    replace(ADDED, says="add Zoé Roy, zoe.roy@example.com, with TV until May"),
    Walk("list_users", "utter_users"),
    Walk("change_rights", "utter_rights_changed"),
    Walk("change_rights", "utter_rights_changed", says="give Hugo TV until May"),
    Walk("preview_access", "utter_preview_access"),
    Walk("reset_password", "utter_link_sent"),
    Walk("edit_profile", "utter_profile_edited", {"edited_field": "language"}),
    Walk("edit_profile", "utter_profile_edited"),
    Walk(
        "edit_profile",
        "utter_profile_edited",
        {"edited_field": "e-mail", "edited_user": "Léa", "edited_email": "lea@gmial.com"},
    ),
    Walk("unlock_user", "utter_user_unlocked", {"unlocked_user": "Léa"}, locked="hugo"),
    Walk("unlock_user", "utter_user_unlocked"),
    Walk("suspend_user", "utter_user_suspended", says="suspend somebody until May"),
    Walk("resume_user", "utter_nobody_suspended"),
    Walk("resume_user", "utter_user_resumed", earlier=(SUSPENDED, LEA_TOO)),
    Walk("delete_user", "utter_user_deleted"),
    Walk("resend_invitation", "utter_nobody_invited"),
    Walk(
        "resend_invitation",
        "utter_invitation_sent",
        says="send the invitation again to zoe@@example",
        earlier=(ADDED, ALSO_ADDED),
    ),
    Walk("show_history", "utter_history"),
    Walk("my_access", "utter_my_access", HUGO),
    REQUESTED,
    Walk("request_status", "utter_never_requested", HUGO),
    Walk(
        "request_status",
        "utter_request_withdrawn",
        HUGO,
        says="withdraw my request",
        earlier=(REQUESTED,),
    ),
    Walk(
        "request_status",
        "utter_note_added",
        HUGO,
        says="add a note to my request",
        earlier=(REQUESTED,),
    ),
    Walk(
        "request_status",
        "utter_holder_reminded",
        {"username": "lea"},
        says="remind the holder of my request",
        earlier=(OF_LEA,),
    ),
    Walk(
        "request_access",
        "utter_request_reduced",
        {"username": "lea"},
        says="ask the holder for the voicemail, not the data",
        earlier=(replace(REQUESTED, answers=BOTH),),
    ),
    Walk("leave_account", "utter_leaving_asked", HUGO),
    Walk("decide_request", "utter_request_declined", decides="Decline"),
    Walk("decide_request", "utter_request_approved", decides="Approve"),
    Walk(
        "decide_request",
        "utter_request_approved",
        says="approve the request",
        earlier=(OF_HUGO, OF_LEA),
    ),
    Walk(
        "decide_request",
        "utter_request_approved",
        says="approve Hugo's request until May",
        earlier=(AGAIN_OF_HUGO,),
    ),
    Walk("undo_change", "utter_undone"),
)
INTENTS = tuple(dict.fromkeys(walk.intent for walk in WALKS))


def walks_of(intent: str) -> list[Walk]:
    """The ways through one task, in an order in which each leaves the next one possible."""
    return [walk for walk in WALKS if walk.intent == intent]


def begin(walk: Walk, chat: Chat) -> None:
    """Start the task; what it needs to find has happened before, in other chats."""
    if walk.intent == "undo_change":
        go(Walk("delete_user", "utter_user_deleted"), chat.world.chat(f"{walk}, earlier"))
    if walk.locked is not None:
        lock(walk.locked, chat)
    for number, one in enumerate(walk.earlier):
        go(one, chat.world.chat(f"{walk}, {number}"))
    chat.say("english")
    if walk.decides is None:
        chat.say(walk.says or f"/start {walk.intent}")
        return
    go(Walk("verify_identity", "utter_verified"), chat)
    go(REQUESTED, chat.world.chat(f"{walk}, of hugo"))
    chat.say("hello")
    chat.world.clock.advance(minutes=20)
    chat.tap(walk.decides)


def lock(username: str, chat: Chat) -> None:
    """Fail to sign in on the pages as often as is allowed."""
    with chat.world.app.database.write() as uow:
        member_id = uow.sign_in.candidate(username).member_id
        for _ in range(FAILURES):
            uow.lockout.failed(username, member_id)


def go(walk: Walk, chat: Chat) -> None:
    begin(walk, chat)
    for question in questions(walk, chat):
        answer(walk, chat, question)


def every_question(intent: str, world: World) -> Iterator[tuple[Chat, str]]:
    """Each question on every way through a task; it is answered when the test goes on.

    Fails where a question of the task is met on no way.
    """
    met: set[str] = set()
    for walk in walks_of(intent):
        chat = world.chat(str(walk))
        begin(walk, chat)
        for question in questions(walk, chat):
            met.add(question)
            yield chat, question
            answer(walk, chat, question)
    assert own_questions(world.app.domain, intent) <= met


def questions(walk: Walk, chat: Chat) -> Iterator[str]:
    """Each question as it is asked; whoever walks answers it before the next."""
    for _ in range(MOST_QUESTIONS):
        question = open_question(chat)
        if question is None:
            assert walk.ends_with in chat.templates(), f"{walk}: {chat.templates()}"
            return
        yield question
        assert open_question(chat) != question, f"{walk}: {question}, {chat.templates()}"
    raise AssertionError(f"{walk} never ends")


def answer(walk: Walk, chat: Chat, question: str) -> None:
    given = walk.answers.get(question, GOOD[question])
    if given == CODE:
        chat.say(chat.world.code())
    elif given == NUMBER:
        chat.say(number_on_the_page(chat))
    elif given == ON_PAGE:
        chat.tap(given)
    else:
        chat.say(given)


def number_on_the_page(chat: Chat) -> str:
    """What the page of a new sign-in link shows to Diane, who has signed in on it."""
    chat.tap("Get a new link")
    link = re.findall(r"/link/([a-p]{32})", "\n".join(str(one.text) for one in chat.replies))[-1]
    with chat.world.app.database.write() as uow:
        member_id = uow.sign_in.candidate(GOOD["username"]).member_id
        assert member_id is not None
        session = uow.page_sessions.live(uow.page_sessions.open(member_id))
        assert session is not None
        uow.sign_in_links.claim(link, member_id=member_id, page_session_id=session.id)
        number = uow.sign_in_links.number(link, session.id)
    assert number is not None
    return number


def own_questions(domain: Domain, intent: str) -> set[str]:
    """The questions of a task itself; signing in is a task that only calls another."""
    flow = domain.triggers[intent]
    return set(domain.flows[flow].collected() if intent != SIGNING_IN else asks(domain, flow))


def asks(domain: Domain, flow_id: str) -> set[str]:
    """The questions of a flow and of all that it calls."""
    flow = domain.flows[flow_id]
    called = [step.flow for step in flow.steps.values() if isinstance(step, Call)]
    return set(flow.collected()).union(*(asks(domain, name) for name in called))
