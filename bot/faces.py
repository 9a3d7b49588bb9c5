"""What a whole Foyer shows outside: pages and interfaces, mails, a chat in the terminal."""

from functools import partial

from fastapi import APIRouter, FastAPI

from bot.app import App
from bot.channels.masking import Masks
from bot.channels.rest.authorisation import bearer_of
from bot.channels.rest.routes import rest_router
from bot.channels.terminal import channel as terminal
from bot.channels.terminal.desk import TerminalDesk
from bot.handoff import objecting as objections
from bot.handoff.desk import AgentsDesk
from bot.mail.catalogue import Catalogue
from bot.mail.catcher import Catcher
from bot.mail.rendering import MailRenderer
from bot.mail.sender import MailSender
from bot.mail.smtp import SmtpSettings
from bot.web.app import INTERFACES, OF_OTHERS, Network, create_admin_app, create_app
from bot.web.demo_mail import demo_mail_router
from bot.web.health import Health, health_router
from bot.web.metrics import metrics_router
from bot.web.objection_pages import Objecting
from bot.web.pages import Pages
from bot.web.passkeys import RelyingParty
from bot.web.passwords import PasswordRules
from bot.web.rate_limit import RateLimit
from bot.web.rendering import PageRenderer
from bot.web.visits import Visits
from bot.web.words import PageWords
from storage.keys import Keys


def terminal_chat(
    app: App, chat_id: str, desk: TerminalDesk | None = None
) -> terminal.TerminalChannel:
    """Return a chat on standard input and output; `desk`: its other side."""
    return terminal.TerminalChannel(app.answers, chat_id=chat_id, desk=desk)


def mail_sender(app: App) -> MailSender:
    """Return what sends the mails of the outbox."""
    renderer = MailRenderer.load(
        texts=app.texts,
        tasks=app.domain.titles(),
        mail_from=app.settings.mail_from,
        clock=app.clock,
        chat_address=partial(chat_address, app),
    )
    url = app.settings.smtp_url
    smtp = SmtpSettings.parse(url.get_secret_value()) if url else None
    return MailSender(app.database, renderer, smtp)


def web_app(app: App, caught: Catcher | None = None) -> FastAPI:
    """Return what customers and messengers reach, and all else where no other port has it.

    `caught` are the mails of a demonstration, which alone shows them on a page.
    """
    messengers = [line.messenger for line in app.lines]
    visits = Visits(Keys(app.settings.secret()), app.settings.address.startswith("https://"))
    renderer = PageRenderer(PageWords.load(app.texts), visits)
    inside = next(filter(None, (messenger.inside for messenger in messengers)), None)
    pages = Pages(
        app.database,
        renderer,
        PasswordRules.load(),
        app.domain.titles(),
        RateLimit(app.database),
        party=RelyingParty.at(app.settings.address),
        objecting=objecting(app.agents, app.intake.masks),
        chat_address=partial(chat_address, app),
        inside=inside,
    )
    is_whole = app.settings.admin_port is None
    routers = [router for line in app.lines for router in line.routers()]
    routers += _of_ours(app) if is_whole else [health_router(_health(app), detailed=False)]
    if caught is not None:
        routers.append(demo_mail_router(renderer, caught))
    network = Network(
        app.settings.hosts,
        app.settings.trusted_proxies,
        frames=() if inside is None else inside.frames,
        interfaces=INTERFACES if is_whole else OF_OTHERS,
    )
    return create_app(pages, routers, network)


def admin_app(app: App) -> FastAPI:
    """Return what stands on `FOYER_ADMIN_PORT`, and then nowhere else."""
    return create_admin_app(_of_ours(app), app.settings.trusted_proxies)


def worker_app(app: App) -> FastAPI:
    """Return what stands there where nobody is served: how the process does."""
    return create_admin_app(_watched(app), app.settings.trusted_proxies)


def _of_ours(app: App) -> list[APIRouter]:
    """What our own machines ask for: numbers, health, and with a token Rasa's HTTP interface."""
    routers = _watched(app)
    token = app.settings.api_token
    if token is not None:
        check = bearer_of(token.get_secret_value(), app.database)
        routers.append(rest_router(app.answers, app.parser, check))
    return routers


def _watched(app: App) -> list[APIRouter]:
    return [
        metrics_router(app.database, app.clock, app.turns.counters.registry),
        health_router(_health(app)),
    ]


def _health(app: App) -> Health:
    return Health(app.database, app.clock, [line.messenger.report for line in app.lines])


def chat_address(app: App) -> str | None:
    """Return where people find us in a messenger, once one knows its own address."""
    return next(filter(None, (line.messenger.address for line in app.lines)), None)


def objecting(agents: AgentsDesk | None, masks: Masks) -> Objecting:
    """Return what becomes of somebody's word that a notice was not agreed."""
    notices = Catalogue.load().notices
    tell = objections.Objections(agents, notices).tell
    return Objecting(notices, tell, lambda words: masks.mask(masks.look(words)))
