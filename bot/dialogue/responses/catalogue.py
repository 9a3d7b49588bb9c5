"""Turns the name of a response and its values into words and buttons, in one language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue.flows.domain import ResponseButton, Variation
from bot.languages import LANGUAGES
from bot.texts import Texts, placeholders


@dataclass(frozen=True, slots=True)
class RenderedButton:
    """A button with its title in the reader's language, and those in all of them for typing.

    It has a payload, or leads to the page at `url`, or to the one at `app` inside the messenger.
    """

    title: str
    titles: tuple[str, ...]
    payload: str
    url: str = ""
    app: str = ""


@dataclass(frozen=True, slots=True)
class Responses:
    """The catalogue of everything the bot can say."""

    variations: Mapping[str, Sequence[Variation]]
    texts: Texts

    def knows(self, name: str) -> bool:
        return name in self.variations

    def text(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        """Return the words of a response.

        Raises:
            KeyError: there is no such response, or a placeholder has no value.
        """
        variation = self._choose(name, values)
        return self.texts.fill(variation.texts[language], language, values, self.text)

    def toast(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        """Return the words that may pass instead of a response; empty where it has none."""
        passing = self._choose(name, values).metadata.get("toast")
        return self.text(passing, language, {}) if passing else ""

    def is_public(self, name: str, values: Mapping[str, Any]) -> bool:
        """Whether a response says the same to everybody: articles, telephone numbers, help.

        Buttons that an action adds are not looked at.
        """
        chosen = self._choose(name, values)
        said = [*chosen.texts.values(), *(t for b in chosen.buttons for t in b.titles.values())]
        own = {key for text in said for key in placeholders(text)} - self.texts.constants.keys()
        return not own or chosen.metadata.get("public") is True

    def buttons(
        self,
        name: str,
        language: str,
        values: Mapping[str, Any],
        extra: Sequence[Mapping[str, Any]] = (),
    ) -> list[RenderedButton]:
        """Return a response's own buttons and those an action added.

        An action's button is `{"title": …, "payload": …}`, or has a `url` or an `app` instead; its
        title is a value as `bot.texts` describes them, so that no words for people stand in Python.
        """
        own = [self._button(b, language, values) for b in self._choose(name, values).buttons]
        return [*(self._added(b, language, values) for b in extra), *own]

    def _button(
        self, button: ResponseButton, language: str, values: Mapping[str, Any]
    ) -> RenderedButton:
        titles = {
            side: self.texts.fill(title, side, values, self.text)
            for side, title in button.titles.items()
        }
        payload = _fill_payload(button.payload, values)
        return RenderedButton(titles[language], _shown_first(titles, language), payload)

    def _added(
        self, button: Mapping[str, Any], language: str, values: Mapping[str, Any]
    ) -> RenderedButton:
        titles = {
            side: self.texts.fill("{title}", side, {**values, "title": button["title"]}, self.text)
            for side in LANGUAGES
        }
        leads = (button.get(key, "") for key in ("payload", "url", "app"))
        return RenderedButton(titles[language], _shown_first(titles, language), *leads)

    def _choose(self, name: str, values: Mapping[str, Any]) -> Variation:
        """Return the first wording whose conditions hold, else the first without any (Rasa)."""
        variations = self.variations[name]
        for variation in variations:
            if variation.when and all(values.get(k) == v for k, v in variation.when.items()):
                return variation
        return next(v for v in variations if not v.when)


def _fill_payload(payload: str, values: Mapping[str, Any]) -> str:
    """Fill `{name}` in a payload with an identifier; nothing a person typed belongs there."""
    for name in re.findall(r"\{(\w+)\}", payload):
        if not re.fullmatch(r"[\w/.-]+", str(values[name])):
            raise ValueError(f"{name} is no identifier, so it may not stand in {payload}")
        payload = payload.replace(f"{{{name}}}", str(values[name]))
    return payload


def _shown_first(titles: Mapping[str, str], language: str) -> tuple[str, ...]:
    """Return what a button is called in any language, and first how it is called here."""
    return tuple(dict.fromkeys((titles[language], *titles.values())))
