"""What a message costs: whatever is typed, what is looked at is short, and before the turn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import App
from bot.dialogue.looking import MOST_WISHES, Looking
from bot.dialogue.message import Message
from faq.search import Hit, Vectors
from intents.classifier.encoder import MOST
from intents.parser import Parser
from intents.words.cleaning import LONGEST
from storage.keys import Keys
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.scale import examples
from tests.fakes.worlds import world_of

LIKE_NAMES = ("Marie-Ève", "Hugoo", "léa", "DIANE", "van der", "my son", "tv", "factrue", "yes")
HOSTILE = st.one_of(
    st.text(st.characters(codec=None)),
    st.text(st.sampled_from("\ufdfa\ufdfb㎏㌖ﬃ⑩①٣5 ")),
    st.text(st.sampled_from("\u0300\u0301\u0316\u0334\u0345\u200de")),
    st.text(st.sampled_from("😀👨\u200d👩🇨🇦❤️ابتאבג")),
    st.lists(st.sampled_from(LIKE_NAMES)).map(" ".join),
    st.lists(st.sampled_from(["a", "1", "de", "@", "x.y"])).map(" ".join),
)


@dataclass(slots=True)
class Counts:
    """What is encoded and searched for, and whether a turn had begun by then."""

    world: World | None = None
    encoded: list[int] = field(default_factory=list)
    searched: list[int] = field(default_factory=list)
    inside: bool = False

    def everywhere(self, text: str, vector: Vectors) -> Mapping[str, tuple[Hit, ...]]:
        self.searched.append(len(text))
        self._look_around()
        return {}

    def encoding(self, parser: Parser) -> Parser:
        def encode(texts: Sequence[str]) -> Vectors:
            self.encoded += map(len, texts)
            self._look_around()
            vectors: Vectors = parser.encode(texts)
            return vectors

        return replace(parser, encode=encode)

    def _look_around(self) -> None:
        assert self.world is not None
        self.inside |= self.world.app.database._writer.locked()


@pytest.fixture
def counts() -> Counts:
    return Counts()


@pytest.fixture
def watched(  # noqa: PLR0917 -- fixtures
    product: App, parser: Parser, counts: Counts, home_url: str, clock: ManualClock, keys: Keys
) -> Iterator[Chat]:
    """A chat whose messages are looked at by parts that count."""
    looking = Looking(counts.encoding(parser), counts)  # type: ignore[arg-type]  # half a search
    equipment = replace(product.turns.equipment, looking=looking)
    app = replace(product, turns=replace(product.turns, equipment=equipment))
    with world_of(app, home_url, clock, keys) as world:
        counts.world = world
        yield world.chat()


@pytest.mark.soak
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(text=HOSTILE, times=st.sampled_from([1, 40, 4096]))
def test_no_text_reaches_the_encoder_or_the_search_longer_than_the_clamp(
    watched: Chat, counts: Counts, text: str, times: int
) -> None:
    watched.say((text * times)[:4096])
    assert max(counts.encoded, default=0) <= MOST
    assert max(counts.searched, default=0) <= LONGEST
    assert not counts.inside, "it is looked at before the turn begins"


def test_wishes_that_wait_for_a_proof_are_looked_at_again_but_only_a_few(
    watched: Chat, counts: Counts
) -> None:
    for number in range(20):
        watched.say(f"add Zoé{number}")
    counts.encoded.clear()
    watched.send(Message("hello"))
    assert 1 <= len(counts.encoded) <= 2 * (MOST_WISHES + 1)
