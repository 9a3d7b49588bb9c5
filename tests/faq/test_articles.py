import re
from datetime import date, timedelta
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest

from faq.articles import Articles, languages, split_front_matter

QUESTIONS = [
    "access_rights",
    "access_until",
    "activation_email",
    "contact_support",
    "create_user",
    "delete_user",
    "email_notices",
    "forgotten_password",
    "forgotten_username",
    "holder_actions",
    "holder_unreachable",
    "locked_out",
    "manage_rights",
    "max_users",
    "more_access",
    "password_rules",
    "privacy",
    "register",
    "suspend_user",
    "tty",
    "unique_identifier",
    "unlock_user",
    "user_types",
    "username_rules",
    "verification",
]

FACTS: dict[str, dict[str, tuple[str, ...]]] = {
    "user_types": {
        "en": ("two types", "account holder", "secondary user", "User management"),
        "fr": ("deux types", "titulaire du compte", "utilisateur secondaire", "Gestion des"),
    },
    "create_user": {
        "en": ("Only the account holder", "My account", "Create a new user", "invitation"),
        "fr": ("Seul le titulaire", "Mon compte", "Créer un nouvel utilisateur", "invitation"),
    },
    "holder_actions": {
        "en": ("Create:", "Modify:", "Unlock:", "Delete:", "automatically send an e-mail"),
        "fr": ("Créer", "Modifier", "Déverrouiller", "Supprimer", "automatique d'un courriel"),
    },
    "access_rights": {
        "en": ("ask the account holder", "customer service cannot bypass the holder"),
        "fr": ("adressez-vous au titulaire", "ne peut pas passer outre"),
    },
    "manage_rights": {
        "en": ("User management", "My account", "Modify user profile", "Only the account holder"),
        "fr": ("Gestion des utilisateurs", "Mon compte", "Modifier le profil", "Seul le titulaire"),
    },
    "suspend_user": {
        "en": ("can do nothing", "Only the account holder", "everything as before", "24 hours"),
        "fr": ("ne peut rien faire", "Seul le titulaire", "tout comme avant", "24 heures"),
    },
    "access_until": {
        "en": ("Only the account holder", "to its end", "that minute", "a year at most"),
        "fr": ("Seul le titulaire", "jusqu'à sa fin", "à la minute près", "un an au plus"),
    },
    "max_users": {
        "en": ("6 users, including the account holder", "5 secondary users"),
        "fr": ("6 utilisateurs, titulaire du compte compris", "5 utilisateurs secondaires"),
    },
    "unique_identifier": {
        "en": ("one username and one password", "Webmail", "not mandatory", "account linking"),
        "fr": ("un seul nom d'utilisateur", "Courriel Web", "pas obligatoire", "liaison"),
    },
    "contact_support": {
        "en": ("611", "Videotron mobile", "24 hours a day, 7 days a week", "1-877-380-2611"),
        "fr": ("611", "mobile Vidéotron", "24 heures sur 24, 7 jours sur 7", "1-877-380-2611"),
    },
    "tty": {
        "en": ("1-877-380-2611", "711", "1-800-855-0511", "1-800-855-1155", "1-855-888-8080"),
        "fr": ("1-877-380-2611", "711", "1-800-855-0511", "1-800-855-1155", "1-855-888-8080"),
    },
    "verification": {
        "en": ("10 minutes", "5 tries", "15 minutes at most", "never ask for your password"),
        "fr": ("10 minutes", "5 essais", "15 minutes au plus", "jamais votre mot de passe"),
    },
    "password_rules": {
        "en": ("8 to 128 characters", "your own name"),
        "fr": ("8 à 128 caractères", "votre propre nom"),
    },
    "more_access": {
        "en": ("Ask the account holder", "cannot bypass the holder"),
        "fr": ("Demandez au titulaire", "ne peut pas passer outre"),
    },
}
GAPS = ("forgotten_username", "holder_unreachable", "locked_out", "username_rules", "privacy")


def raw(article_id: str, language: str) -> tuple[dict[str, Any], str]:
    file = files("faq").joinpath("articles", language, f"{article_id}.md")
    return split_front_matter(file.read_text("utf-8"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def wording(article_id: str, language: str, articles: Articles) -> str:
    article = articles.get(article_id, language)
    assert article
    return "\n".join((article.title, *article.questions, article.body, *article.sources))


def test_every_question_has_its_article(articles: Articles) -> None:
    assert list(articles.ids()) == QUESTIONS


def test_an_unknown_question_has_no_article(articles: Articles) -> None:
    assert articles.get("weather", "en") is None


@pytest.mark.parametrize("article_id", QUESTIONS)
def test_all_languages_say_the_same(article_id: str) -> None:
    (first, first_body), *others = (raw(article_id, each) for each in languages())
    facts = first.keys() - {"title", "questions"}
    for other, body in others:
        assert other.keys() == first.keys()
        assert all(other[name] == first[name] for name in facts)
        assert len(other["questions"]) == len(first["questions"])
        assert placeholders(body) == placeholders(first_body)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("article_id", QUESTIONS)
def test_an_article_is_reviewed_at_least_once_a_year(
    article_id: str, language: str, articles: Articles
) -> None:
    article = articles.get(article_id, language)
    assert article
    assert not article.expired(on=article.reviewed + timedelta(days=1))
    assert article.expired(on=article.reviewed + timedelta(days=366))
    assert article.expires > article.reviewed > date(2026, 1, 1)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("article_id", QUESTIONS)
def test_an_answer_reads_well_in_a_plain_chat(
    article_id: str, language: str, articles: Articles
) -> None:
    article = articles.get(article_id, language)
    assert article
    assert len(article.body) <= 700
    assert not re.search(r"^#|\*\*|https?:|[{}<>]", article.body, re.MULTILINE)


@pytest.mark.parametrize(
    ("article_id", "language", "facts"),
    [(name, language, by[language]) for name, by in FACTS.items() for language in languages()],
)
def test_an_answer_gives_its_facts(
    article_id: str, language: str, facts: tuple[str, ...], articles: Articles
) -> None:
    article = articles.get(article_id, language)
    assert article
    assert [fact for fact in facts if fact not in article.body] == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("article_id", GAPS)
def test_what_nobody_knows_is_admitted_and_support_is_named(
    article_id: str, language: str, articles: Articles
) -> None:
    article = articles.get(article_id, language)
    assert article
    admission = {
        "en": r"I do not (know|have)",
        "fr": r"[Jj]e (n'ai pas|ne (le )?sais pas|ne connais pas)",
    }
    assert re.search(admission[language], article.body)
    assert "611" in article.body


@pytest.mark.parametrize("article_id", QUESTIONS)
def test_the_french_follows_quebec_usage(article_id: str, articles: Articles) -> None:
    text = wording(article_id, "fr", articles)
    assert not re.search(r"\s[?!;]", text), "no space before ? ! ;"
    assert not re.search(r"(?<!\u00a0):(?=\s)", text), "a no-break space before a colon"
    assert not re.search(r"«(?!\u00a0)|(?<!\u00a0)»", text), "no-break spaces inside « »"
    assert not re.search(r'["“”]', text), "« guillemets »"
    assert not re.search(r"e-?mail|\bmèl\b|Videotron|Centre client|\b(tu|toi|ton)\b", text)


@pytest.mark.parametrize("article_id", QUESTIONS)
def test_the_english_speaks_of_e_mail_and_the_customer_centre(
    article_id: str, articles: Articles
) -> None:
    text = wording(article_id, "en", articles)
    assert not re.search(r"\bemail|Customer Center|Vidéotron|[«»]", text)
