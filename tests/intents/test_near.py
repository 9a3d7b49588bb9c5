from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from intents.words.near import NearWords

WORDS = st.text("abcé", min_size=3, max_size=9)


@given(st.lists(WORDS, unique=True), WORDS, st.sampled_from([1, 2]))
def test_the_words_within_some_edits_are_those_that_trying_all_would_find(
    words: list[str], word: str, edits: int
) -> None:
    tried = [
        (distance, one)
        for one in words
        if abs(len(one) - len(word)) <= 1 and (distance := OSA.distance(word, one)) <= edits
    ]
    assert NearWords.of(words, shortest=3).within(word, edits) == tried
