"""A browser without JavaScript: opens a page, fills in its form, sends it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self
from urllib.parse import urljoin

import httpx

from tests.e2e.server import NO_CERTIFICATES


@dataclass(slots=True)
class Page(HTMLParser):
    """What a person sees of a page: its language, its text, and the fields of its form."""

    address: str
    status: int
    language: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    text: str = ""
    _action: str | None = None
    _values: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, address: str, language: str) -> Self:
        return cls._of(
            httpx.get(address, headers=_headers(language), timeout=30, verify=NO_CERTIFICATES)
        )

    def send(self, typed: dict[str, str], language: str) -> Self:
        """Send the form; `typed` maps the type of a field to what is put into all of that type."""
        filled = {name: typed.get(kind, "") for name, kind in self.fields.items()}
        answer = httpx.post(
            urljoin(self.address, self._action or ""),
            data={**self._values, **filled},
            headers=_headers(language),
            follow_redirects=True,
            timeout=30,
            verify=NO_CERTIFICATES,
        )
        return type(self)._of(answer)

    @classmethod
    def _of(cls, answer: httpx.Response) -> Self:
        page = cls(str(answer.url), answer.status_code)
        page.feed(answer.text)
        return page

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = found.get("lang")
        if tag == "form":
            self._action = found.get("action")
        if tag == "input" and "name" in found:
            kind = found.get("type", "text")
            known = self._values if kind == "hidden" else self.fields
            known[found["name"]] = found.get("value", "") if kind == "hidden" else kind

    def handle_data(self, data: str) -> None:
        self.text += data


def _headers(language: str) -> dict[str, str]:
    return {"Accept-Language": language}
