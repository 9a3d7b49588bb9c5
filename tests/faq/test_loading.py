import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from faq.articles import ArticleError, Articles
from faq.organisation import Organisation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the articles that a test may spoil."""
    with as_file(files("faq").joinpath("articles")) as original:
        return shutil.copytree(original, tmp_path / "articles")


@pytest.mark.parametrize(
    ("found", "put", "complaint"),
    [
        ("{max_users}", "{most_users}", r"en/max_users\.md: body: .*most_users"),
        ("{max_users}", "{", r"en/max_users\.md: body: .*placeholder"),
        ("{max_users}", "6" * 700, r"en/max_users\.md: body: .*at most 700"),
        ("title:", "heading:", r"en/max_users\.md: title: Field required"),
        ("task: null", "task: null\nmood: good", r"en/max_users\.md: mood: "),
        ("[anyone]", "[nobody]", r"en/max_users\.md: audience\.0: "),
        ("[customer_centre_user_management, ", "[hearsay, ", r"sources\.0: .*hearsay"),
        ("id: max_users", "id: min_users", r"en/max_users\.md: id: 'min_users' is not the name"),
        ("2027-11-22", "next year", r"en/max_users\.md: expires: "),
        ("[create_user, ", "[creat_user, ", r"en/max_users\.md: there is no en/creat_user\.md"),
        ("---\nid", "id", r"en/max_users\.md: front matter: "),
        ("task: null", "task: [", r"en/max_users\.md: front matter: "),
    ],
)
def test_a_mistake_in_an_article_is_named_with_its_file_and_field(
    folder: Path, constants: Mapping[str, int], found: str, put: str, complaint: str
) -> None:
    file = folder / "en" / "max_users.md"
    text = file.read_text("utf-8")
    assert found in text
    file.write_text(text.replace(found, put, 1), "utf-8")
    with pytest.raises(ArticleError, match=complaint):
        Articles.load(constants, folder)


def test_an_article_in_one_language_alone_is_refused(
    folder: Path, constants: Mapping[str, int]
) -> None:
    (folder / "fr" / "tty.md").unlink()
    with pytest.raises(ArticleError, match=r"there is no fr/tty\.md"):
        Articles.load(constants, folder)


def test_the_product_s_own_figures_stand_in_the_answers(constants: Mapping[str, int]) -> None:
    article = Articles.load({**constants, "code_minutes": 7}).get("verification", "en")
    assert article
    assert "7 minutes" in article.body


def test_the_organisation_speaks_both_languages() -> None:
    organisation = Organisation.load()
    assert organisation.values("en")["brand"] == "Videotron"
    assert organisation.values("fr")["brand"] == "Vidéotron"
    assert organisation.values("en").keys() == organisation.values("fr").keys()
    assert organisation.values("fr")["phone_mobile"] == "611"
