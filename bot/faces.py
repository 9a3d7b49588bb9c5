"""What a whole Foyer shows outside: pages and interfaces, mails, a chat in the terminal."""

from functools import partial

from fastapi import FastAPI

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
from bot.web.app import Network, create_app
from bot.web.demo_mail import demo_mail_router
from bot.web.health import Health
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
    """Return the pages, the health of the process, and with a token Rasa's HTTP interface.

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
        RateLimit(),
        party=RelyingParty.at(app.settings.address),
        objecting=objecting(app.agents, app.intake.masks),
        chat_address=partial(chat_address, app),
        inside=inside,
    )
    token = app.settings.api_token
    routers = [router for line in app.lines for router in line.routers()]
    if token is not None:
        check = bearer_of(token.get_secret_value(), app.database)
        routers.append(rest_router(app.answers, app.parser, check))
    routers.append(metrics_router(app.database, app.clock, app.turns.counters.registry))
    if caught is not None:
        routers.append(demo_mail_router(renderer, caught))
    health = Health(app.database, app.clock, [messenger.report for messenger in messengers])
    frames = () if inside is None else inside.frames
    network = Network(app.settings.hosts, app.settings.trusted_proxies, frames)
    return create_app(pages, routers, None, health, network)


def chat_address(app: App) -> str | None:
    """Return where people find us in a messenger, once one knows its own address."""
    return next(filter(None, (line.messenger.address for line in app.lines)), None)


def objecting(agents: AgentsDesk | None, masks: Masks) -> Objecting:
    """Return what becomes of somebody's word that a notice was not agreed."""
    notices = Catalogue.load().notices
    tell = objections.Objections(agents, notices).tell
    return Objecting(notices, tell, lambda words: masks.mask(masks.look(words)))
