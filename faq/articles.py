"""The articles: one Markdown file per question and language, checked when they are loaded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, ClassVar, Literal, Self

import yaml
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError, ValidationInfo

from faq.organisation import Organisation


@cache
def languages() -> tuple[str, ...]:
    """Return the languages of the room: the folders of its articles."""
    folders = files("faq").joinpath("articles").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.is_dir()))


class ArticleError(ValueError):
    """An article cannot be used; the message names the file and the field."""


def _fill(text: str, info: ValidationInfo) -> str:
    try:
        return text.format_map(info.context["values"]) if info.context else text
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError(f"unknown or broken placeholder {error}") from error


def _source_title(key: str, info: ValidationInfo) -> str:
    titles = info.context["titles"] if info.context else {}
    if key not in titles:
        raise ValueError(f"unknown source {key!r}")
    return str(titles[key])


_Text = Annotated[str, AfterValidator(_fill), Field(min_length=1)]
_Body = Annotated[_Text, Field(max_length=700)]  # one screen of a chat
_Source = Annotated[str, AfterValidator(_source_title)]


@dataclass(frozen=True, slots=True)
class Article:
    """One answer in one language, as people read it: placeholders filled, sources by their title.

    `body` is plain Markdown (paragraphs and lists).  `task` names the intent of the task that does
    what the article explains.  `expires` is the day from which somebody must review it again.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    language: str
    title: _Text
    questions: Annotated[tuple[_Text, ...], Field(min_length=3, max_length=6)]
    audience: Annotated[tuple[Literal["holder", "secondary", "anyone"], ...], Field(min_length=1)]
    body: _Body
    sources: Annotated[tuple[_Source, ...], Field(min_length=1)]
    reviewed: date
    expires: date
    related: Annotated[tuple[str, ...], Field(min_length=2, max_length=3)]
    task: str | None

    def expired(self, on: date) -> bool:
        """Whether its review is overdue on the day `on`."""
        return on >= self.expires


class Articles:
    """All the articles, by id and language."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles: dict[tuple[str, str], Article] = {
            (article.id, article.language): article for article in articles
        }

    @classmethod
    def load(cls, constants: Mapping[str, str | int], folder: Traversable | None = None) -> Self:
        """Read the articles of `folder` (by default the package's own), in every language.

        `constants` are the product's own figures; with the values of the organisation they fill
        the placeholders.  Raises `ArticleError` for an article that breaks a rule.
        """
        folder = folder or files("faq").joinpath("articles")
        articles = cls(
            article
            for language in languages()
            for article in _read_folder(folder.joinpath(language), language, constants)
        )
        articles._check_references()
        return articles

    def get(self, article_id: str, language: str) -> Article | None:
        return self._articles.get((article_id, language))

    def versions(self, article_id: str) -> Mapping[str, Article]:
        """Return an article by language; empty where there is none."""
        return {
            name: article for (id_, name), article in self._articles.items() if id_ == article_id
        }

    def titles(self, article_id: str) -> Mapping[str, str]:
        return {language: article.title for language, article in self.versions(article_id).items()}

    def in_language(self, language: str) -> tuple[Article, ...]:
        return tuple(a for a in self._articles.values() if a.language == language)

    def ids(self) -> tuple[str, ...]:
        """Every id once, in alphabetical order."""
        return tuple(sorted({article_id for article_id, _ in self._articles}))

    def _check_references(self) -> None:
        """Every article exists in every language, and what it points to exists."""
        for article in self._articles.values():
            for article_id in (article.id, *article.related):
                for language in languages():
                    if self.get(article_id, language) is None:
                        name = f"{article.language}/{article.id}.md"
                        raise ArticleError(f"{name}: there is no {language}/{article_id}.md")


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Part the YAML between the first two `---` lines from the body.  Raises ValueError."""
    opening, front, body = text.split("---\n", 2)
    fields = yaml.load(front, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    if opening or not isinstance(fields, dict):
        raise ValueError("no front matter")
    return fields, body.strip()


def _read_folder(
    folder: Traversable, language: str, constants: Mapping[str, str | int]
) -> Iterable[Article]:
    sources = yaml.safe_load(files("faq").joinpath("sources.yml").read_text("utf-8"))
    context = {
        "values": {**Organisation.load().values(language), **constants},
        "titles": {key: source["title"][language] for key, source in sources.items()},
    }
    schema = TypeAdapter(Article)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield _read(file, language, schema, context)


def _read(
    file: Traversable, language: str, schema: TypeAdapter[Article], context: dict[str, Any]
) -> Article:
    name = f"{language}/{file.name}"
    try:
        fields, body = split_front_matter(file.read_text("utf-8"))
        article = schema.validate_python(
            {**fields, "language": language, "body": body}, context=context
        )
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ArticleError(f"{name}: {field}: {first['msg']}") from error
    except (ValueError, yaml.YAMLError) as error:
        raise ArticleError(f"{name}: front matter: {error}") from error
    if file.name != f"{article.id}.md":
        raise ArticleError(f"{name}: id: {article.id!r} is not the name of the file")
    return article
