"""The mailbox of `foyer demo`, at `/demo/mail`: every mail that the demonstration has sent.

Only the demonstration has it: anywhere else a page with other people's mail would be a leak.
"""

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from bot.mail.catcher import Catcher, CaughtMail
from bot.web.rendering import PageRenderer
from bot.web.visits import Visit


def demo_mail_router(renderer: PageRenderer, catcher: Catcher) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    seen = Depends(renderer.visits.of)

    @router.get("/demo/mail")
    def show(visit: Visit = seen) -> HTMLResponse:
        mails = [(mail, _lines(mail)) for mail in reversed(catcher.all())]
        return renderer.page(visit, "demo_mail", mails=mails)

    return router


def _lines(mail: CaughtMail) -> list[tuple[str, bool]]:
    """The lines of the text, and whether each is an address (a link stands alone on its line)."""
    return [
        (line, line.startswith(("http://", "https://"))) for line in mail.text.strip().split("\n")
    ]
