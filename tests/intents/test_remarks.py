"""What is to be passed on beside an answer or a wish, as it was typed; and what a word can mean."""

import pytest

from intents.context import Context, Person
from intents.parser import Parser
from intents.reading import Reading

HUGO = Person("id:2", "Hugo", "Roy", called="Hugo")
SERVICES = ("view_invoice", "pay_bill", "tv_channels", "data_addons", "usage", "voicemail")


def reading(parser: Parser, text: str, language: str = "en") -> Reading:
    return parser.read(parser.look(text), Context(language, (HUGO,), services=SERVICES))


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("no, he is twelve", "he is twelve"),
        ("no he is twelve", "he is twelve"),
        ("no to the data, he is 12", "he is 12"),
        ("nope. too expensive", "too expensive"),
        ("no because he never helps", "he never helps"),
        ("decline it, tell him we will see next month", "we will see next month"),
        ("ok for the bill only, the data costs a fortune", "the data costs a fortune"),
        ("tell her it's for school", "it's for school"),
        ("tell her that it's urgent", "it's urgent"),
        ("ask for the TV for me, it's for school", "it's for school"),
        ("because of his marks", "because of his marks"),
        ("non, il a juste douze ans", "il a juste douze ans"),
        ("non, y'a coulé son examen", "y'a coulé son examen"),
        ("refuse, y a 12 ans", "y a 12 ans"),
        ("refuse parce qu'il dort pas assez", "il dort pas assez"),
        ("dis-lui que c'est pour l'école", "c'est pour l'école"),
        ("juste la facture, le reste coûte trop cher", "le reste coûte trop cher"),
    ],
)
def test_what_is_passed_on_stands_as_it_was_typed(parser: Parser, text: str, remark: str) -> None:
    assert reading(parser, text).remark == remark


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "no thanks",
        "no, decline it",
        "yes please",
        "approve it, please",
        "only the bill",
        "no, cancel",
        "remove Hugo",
        "what did Hugo ask for?",
        "non merci",
        "non, refuse ça",
        "oui, vas-y",
        "juste la télé",
    ],
)
def test_an_answer_alone_passes_nothing_on(parser: Parser, text: str) -> None:
    assert reading(parser, text).remark == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("he watches too much of it", True),
        ("too young for that", True),
        ("he must finish his homework first", True),
        ("y'écoute déjà trop la tv", True),
        ("yes", False),
        ("no", False),
        ("ok do it", False),
        ("wait a minute", False),
        ("remove Hugo", False),
        ("attends un peu", False),
    ],
)
def test_a_statement_is_neither_an_answer_nor_a_wish(parser: Parser, text: str, told: bool) -> None:
    assert bool(reading(parser, text).statement) is told


@pytest.mark.parametrize(
    ("text", "loosely"),
    [
        ("only the bill", {"view_invoice": ("pay_bill",)}),
        ("juste la facture", {"view_invoice": ("pay_bill",)}),
        ("the data", {"data_addons": ("usage",)}),
        ("only paying", {}),
        ("view the invoice", {}),
        ("seulement payer la facture", {}),
    ],
)
def test_a_word_for_a_thing_can_mean_what_is_done_with_it(
    parser: Parser, text: str, loosely: dict[str, tuple[str, ...]]
) -> None:
    assert reading(parser, text).loosely == loosely
