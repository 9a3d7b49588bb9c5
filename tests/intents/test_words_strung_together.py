"""Whatever words somebody strings together, what is read of them is made of the right things."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from intents.parser import Parser
from tests.fakes.scale import examples
from tests.intents.meant import read
from tests.intents.written import SERVICES

WORDS = st.sampled_from(
    [
        *("Kevin", "Jo", "Tyler", "Hélène", "Hugoo", "DIANE", "my", "son", "her", "it", "everyone"),
        *("factrue", "tv", "bill", "voicemail", "all", "nothing", "rest", "only", "but", "not"),
        *("remove", "give", "add", "unlock", "to", "from", "and", "or", "until", "Friday"),
        *("no", "yes", "again"),
    ]
)


@settings(max_examples=examples(1000), deadline=None)
@given(words=st.lists(WORDS, max_size=60))
@example(words=["Hugoo", "my son", "DIANE", "remove", "Jo", "factrue"] * 4)
def test_a_wish_is_about_people_and_services_and_nothing_else(
    parser: Parser, words: list[str]
) -> None:
    reading = read(parser, "en", " ".join(words))
    for wish in reading.wishes:
        assert set(wish.services) <= set(SERVICES)
        assert all(who.said for who in wish.whom)
