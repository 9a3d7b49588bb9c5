"""The composition root: the only module that knows all parts; `faces.py` shows them outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.answering import Answers
from bot.channels.channel import Messenger
from bot.channels.dispatcher import Dispatcher
from bot.channels.intake import Intake
from bot.channels.line import Line
from bot.channels.masking import Masks
from bot.channels.rest import channel as rest
from bot.channels.telegram import channel as telegram
from bot.channels.terminal import channel as terminal
from bot.chats import Can, Capabilities
from bot.constants import constants, figures
from bot.dialogue.equipment import Equipment
from bot.dialogue.flows.domain import Domain
from bot.dialogue.inbox import Turns
from bot.dialogue.looking import Looking
from bot.dialogue.pacing import PaceOf
from bot.dialogue.responses.catalogue import Responses
from bot.handoff import objecting as objections
from bot.handoff.card import LiveCard
from bot.handoff.desk import AgentsDesk, DeskKey
from bot.handoff.hours import Hours
from bot.handoff.resting import Rests
from bot.handoff.showing import Showing
from bot.handoff.turns import DeskTurns, Watch
from bot.handoff.words import DeskWords
from bot.hosts import named
from bot.registry import ROOMS, action_factories, domain_of
from bot.settings import Settings
from bot.tasks.base import Reference
from bot.texts import Texts
from bot.work.ears import Ears
from bot.work.embedded import Embedded
from bot.work.port import Engine
from bot.work.postgresql import Postgresql
from faq.articles import Articles
from faq.organisation import Organisation
from faq.search import Search
from intents.parser import Parser
from storage.clock import Clock, system_clock
from storage.database import Database
from storage.keys import Keys
from storage.messages.pace import Pace


@dataclass(frozen=True, slots=True)
class App:
    """All parts, wired."""

    settings: Settings
    clock: Clock
    database: Database
    parser: Parser
    texts: Texts
    domain: Domain
    turns: Turns
    intake: Intake
    dispatcher: Dispatcher
    engine: Engine
    lines: Sequence[Line]
    """To the messengers that send, and the agents behind them."""
    agents: AgentsDesk | None
    desk_turns: DeskTurns | None
    watch: Watch | None
    rests: Rests | None

    @property
    def answers(self) -> Answers:
        """For the channels that answer at once."""
        pace = self.turns.equipment.pace
        return Answers(self.database, self.intake, self.engine, pace)


def open_database(settings: Settings, clock: Clock | None = None) -> Database:
    """Return the configured database; its schema is not looked at."""
    return Database(
        settings.database_url,
        clock=clock or system_clock(timedelta(seconds=settings.clock_offset)),
        keys=Keys(settings.secret()),
        public_url=settings.address,
        passkey_url=named(settings.address),
        demand=settings.verify,
        pool=settings.database_pool,
    )


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    understanding: Parser | None = None,
    desk: DeskKey | None = None,
    rooms: Sequence[str] = ROOMS,
    messengers: Sequence[Messenger] = (),
) -> App:
    """Wire the whole product; the classifier is trained first when its cache is empty.

    Tests hand in a clock that they move and a parser that they share. `desk` is where agents
    are, unless a messenger has a group of theirs; `rooms` are the packages of flows and actions,
    `messengers` those that come to the ones in the settings.
    """
    clock = clock or system_clock(timedelta(seconds=settings.clock_offset))
    parser = understanding or Parser.load(cache=settings.cache_dir)
    keys = Keys(settings.secret())
    database = open_database(settings, clock)
    named = constants(Organisation.load(), settings.conversation_days)
    texts = Texts(settings.time_zone, named)
    domain = domain_of(rooms)
    articles = Articles.load(figures(settings.conversation_days))
    messengers = [*messengers, *_configured(settings, database, keys, domain, texts)]
    can = _can(messengers)
    groups = (messenger.agents.key for messenger in messengers if messenger.agents)
    agents = _agents(settings, texts, domain, desk or next(groups, None), can)
    reference = Reference(
        articles=articles,
        intent_titles=titles(domain, articles),
        meant=parser.meant,
        reason=domain.reason,
        time_zone=settings.time_zone,
        agents=agents,
    )
    equipment = Equipment(
        domain=domain,
        responses=Responses(domain.responses, texts),
        looking=Looking(parser, Search(articles, parser.encode_kept)),
        actions=action_factories(reference, rooms),
        can=can,
        pace=_pace(settings, can),
        time_zone=settings.time_zone,
        agents=agents,
    )
    turns = Turns(database, equipment)
    intake = Intake(database, Masks(keys, parser.private))
    desk_turns = _desk_turns(settings, database, equipment)
    dispatcher, engine = work_on(database, turns, desk_turns)
    return App(
        settings=settings,
        clock=clock,
        database=database,
        parser=parser,
        texts=texts,
        domain=domain,
        turns=turns,
        intake=intake,
        dispatcher=dispatcher,
        engine=engine,
        lines=[Line(messenger, database, intake, engine, agents) for messenger in messengers],
        agents=agents,
        desk_turns=desk_turns,
        watch=_watch(settings, database, agents) if agents else None,
        rests=Rests(database, agents, timedelta(minutes=settings.claim_rests_minutes))
        if agents
        else None,
    )


def work_on(database: Database, turns: Turns, desk: DeskTurns | None) -> tuple[Dispatcher, Engine]:
    """Return what runs turns, and who hands them out: one process on SQLite, many elsewhere."""
    if database.dialect == "sqlite":
        dispatcher = Dispatcher(database, turns, desk=desk)
        return dispatcher, Embedded(dispatcher)
    ears = Ears()
    dispatcher = Dispatcher(database, turns, desk=desk, heard=ears.tell_of)
    return dispatcher, Postgresql(database, dispatcher, ears)


def _desk_turns(settings: Settings, database: Database, equipment: Equipment) -> DeskTurns | None:
    agents, domain = equipment.agents, equipment.domain
    if not isinstance(agents, AgentsDesk):
        return None
    silence = timedelta(minutes=settings.next_answer_minutes)
    asks_task = equipment.looking.asks_for_task
    return DeskTurns(database, agents, equipment.responses, domain, silence, asks_task)


def _can(messengers: Sequence[Messenger]) -> Can:
    """Return what each channel can do; one that is not turned on may have conversations still."""
    known = {channel.CHANNEL: channel.CAN for channel in (rest, telegram, terminal)}
    known[objections.CHANNEL] = Capabilities(reaches=False)
    known |= {messenger.name: messenger.can for messenger in messengers}
    return lambda channel: known.get(channel, Capabilities())


def _pace(settings: Settings, can: Can) -> PaceOf:
    pace = Pace(settings.chat_burst, timedelta(seconds=1 / settings.chat_per_second))
    return lambda channel: pace if can(channel).paced else None


def _agents(
    settings: Settings, texts: Texts, domain: Domain, key: DeskKey | None, can: Can
) -> AgentsDesk | None:
    if key is None:
        return None
    offered = {task.intent: task.title for task in domain.ranked() if task.agents_offer}
    language, responses = settings.agents_language, Responses(domain.responses, texts)
    live = LiveCard(domain.flows, domain.titles(), responses, language)
    showing = Showing(DeskWords.load(texts, language), offered, live, domain.outcome)
    return AgentsDesk(key, Hours.parse(settings.agents_hours, settings.time_zone), showing, can)


def _watch(settings: Settings, database: Database, agents: AgentsDesk) -> Watch:
    return Watch(database, agents, settings.first_answer_minutes, settings.next_answer_minutes)


def _configured(
    settings: Settings, database: Database, keys: Keys, domain: Domain, texts: Texts
) -> Sequence[Messenger]:
    """Return the messengers that the settings name: Telegram, if there is a token."""
    if settings.telegram_token is None:
        return ()
    token = settings.telegram_token.get_secret_value()
    secrets, menu = keys.webhook_secrets(token), domain.menu()
    return [
        telegram.TelegramChannel(
            settings, database, token=token, secrets=secrets, menu=menu, texts=texts
        )
    ]


def titles(domain: Domain, articles: Articles) -> Mapping[str, Mapping[str, str]]:
    """Return what a reading is called on a button: a task's name or an article's title."""
    return {**domain.titles(), **{f"faq/{name}": articles.titles(name) for name in articles.ids()}}
