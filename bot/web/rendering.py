"""Turns a template and its values into the page that a visit gets."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.languages import LANGUAGES, others
from bot.web.visits import Visit, Visits
from bot.web.words import PageWords

Problems = Mapping[str, str]
"""For each field that is not right, the name of the phrase that says why."""


class PageRenderer:
    def __init__(self, words: PageWords, visits: Visits) -> None:
        self.words = words
        self.visits = visits
        self._templates = Environment(
            loader=PackageLoader("bot.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )

    def page(
        self,
        visit: Visit,
        name: str,
        status: HTTPStatus = HTTPStatus.OK,
        *,
        language: str | None = None,
        again: bool = True,
        **values: Any,
    ) -> HTMLResponse:
        """A template has its values, and `say(phrase, …)` for words, which Jinja escapes.

        `language` where somebody else than the browser knows it better; `again` is False for a
        page that its address alone does not bring back, so that it offers no other language.
        """
        spoken = language or visit.language()

        def say(phrase: str, **more: Any) -> str:
            return self.words.say(phrase, spoken, {**values, **more})

        html = self._templates.get_template(f"{name}.html").render(
            language=spoken,
            other_languages={code: LANGUAGES[code].name for code in others(spoken) if again},
            root=visit.root,
            form_token=self.visits.form_token(visit),
            say=say,
            **values,
        )
        response = HTMLResponse(html, status, headers={"Content-Language": spoken})
        self.visits.remember(response, visit)
        return response

    def form(self, visit: Visit, name: str, problems: Problems, **values: Any) -> HTMLResponse:
        """A page with a form, and what is not right with it yet."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
        return self.page(visit, name, status, problems=problems, **values)

    def void(self, visit: Visit) -> HTMLResponse:
        """The one page for every link that does not work, whatever the reason."""
        return self.page(visit, "void", HTTPStatus.NOT_FOUND)


def go(visit: Visit, path: str) -> RedirectResponse:
    """On to another page of ours: always a relative address, never one that was sent to us."""
    return RedirectResponse(visit.root + path, HTTPStatus.SEE_OTHER)
