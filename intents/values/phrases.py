"""Services, languages and the words that give or take access, by their names in the lexicon."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from intents.parse_result import Entity
from intents.words.lexicon import Phrase, merged, phrase
from intents.words.tokens import Token, stem

_LONGEST_PHRASE = 6
_SHORTEST_TYPO = 5
_LONG_WORD = 8
_REACH = 6  # words between a verb and what it gives or takes
_EXTRACTOR = "lexicon"
Offered = tuple[tuple[str, tuple[str, ...]], ...]
"""Codes of the services that can be given, with the words of each that the lexicon has not."""
SEVERAL = "+"
"""What stands between the codes where one name means several services."""
MODAL = "modal"
"""Extractor of the words that give or take in a change of rights alone ("Hugo can see…")."""


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Names of one or more words and what they stand for; `fillers` may stand between the words."""

    meanings: Mapping[tuple[str, ...], str]
    words: frozenset[str]
    typo_targets: tuple[str, ...]
    fillers: frozenset[str] = frozenset()
    lasts: frozenset[str] = frozenset()
    """The words that a name ends with."""

    @classmethod
    def of(cls, names: Mapping[str, Iterable[str]], fillers: Iterable[str] = ()) -> Self:
        """Return the book of `names` per meaning; of equal names the first meaning stands."""
        skipped = frozenset(stem(word) for filler in fillers for word in phrase(filler))
        meanings: dict[tuple[str, ...], str] = {}
        for meaning, texts in names.items():
            for text in texts:
                key = tuple(word for word in phrase(text) if word not in skipped)
                meanings.setdefault(key, meaning)
        meanings.pop((), None)
        words = frozenset(word for key in meanings for word in key)
        targets = tuple(sorted(word for word in words if len(word) >= _SHORTEST_TYPO))
        lasts = frozenset(key[-1] for key in meanings)
        return cls(meanings, words, targets, skipped, lasts)

    def corrected(self, word: str, ordinary: frozenset[str]) -> str:
        """Return the word of this book that was meant, unless `word` is short or ordinary."""
        if len(word) < _SHORTEST_TYPO or word in self.words or word in ordinary:
            return word
        allowed = 2 if len(word) >= _LONG_WORD else 1
        best = extractOne(word, self.typo_targets, scorer=OSA.distance, score_cutoff=allowed)
        if best is None:
            return word
        nearer = best[1] > 1 and extractOne(word, ordinary, scorer=OSA.distance, score_cutoff=1)
        return word if nearer else best[0]

    def match(self, stems: Sequence[str], start: int) -> tuple[int, str] | None:
        """Return the end (exclusive) and meaning of the longest name that starts at `start`."""
        best = None
        key: tuple[str, ...] = ()
        for at in range(start, len(stems)):
            word = stems[at]
            if key and word in self.fillers:
                continue
            if word not in self.words or len(key) == _LONGEST_PHRASE:
                break
            key = (*key, word)
            if meaning := self.meanings.get(key):
                best = at + 1, meaning
        return best


def codes_of(value: str) -> list[str]:
    """Return the services that one name means."""
    return [code for code in value.split(SEVERAL) if code]


@lru_cache(maxsize=8)
def service_book(offered: Offered | None = None) -> PhraseBook:
    """Return what services are called; of those `offered` with their own words, else of all known.

    There is a new book when an operator has added, renamed or retired a service.
    """
    lexicon = merged("services.yml")
    names = lexicon["services"]
    if offered is not None:
        names = {code: [*names.get(code, ()), *words] for code, words in offered}
    return PhraseBook.of(names, lexicon["fillers"])


@dataclass(frozen=True, slots=True)
class Match:
    """A name among tokens: the words from `first` up to `end`, exclusive."""

    entity: str
    value: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class PhraseFinder:
    """Finds what the lexicon names; forgives a typing mistake in longer words."""

    services: PhraseBook
    languages: PhraseBook
    language_codes: PhraseBook
    changes: PhraseBook
    changes_of_services: PhraseBook
    modals: PhraseBook
    denials: PhraseBook
    echoes: frozenset[Phrase]
    access_words: frozenset[str]
    account_words: frozenset[str]
    ordinary: frozenset[str]

    @classmethod
    def load(cls, ordinary: frozenset[str]) -> Self:
        """Return the finder; `ordinary` words are never taken for misspelt ones."""
        rights, languages = merged("rights.yml"), merged("languages.yml")
        kinds = ("grant", "revoke")
        return cls(
            services=service_book(),
            languages=PhraseBook.of(languages["names"]),
            language_codes=PhraseBook.of(languages["alone"]),
            changes=_changes(rights),
            changes_of_services=PhraseBook.of({k: rights[k]["before_service"] for k in kinds}),
            modals=PhraseBook.of(rights["modal"]),
            denials=PhraseBook.of({"revoke": rights["denials"]}),
            echoes=frozenset(map(phrase, rights["echoes"])),
            access_words=_stems(rights["access_words"]),
            account_words=_stems(rights["account_words"]),
            ordinary=frozenset(map(stem, ordinary)) | _stems(merged("services.yml")["not_typos"]),
        )

    def find(
        self, text: str, tokens: Sequence[Token], offered: Offered | None = None
    ) -> list[Entity]:
        """Return services, languages and right changes among `tokens`, in order."""
        stems = [stem(token.key) for token in tokens]
        book = service_book(offered)
        corrected = [book.corrected(word, self.ordinary) for word in stems]
        services = _matches("service", book, corrected)
        languages = _matches("language", self.languages, stems)
        if len(stems) == 1:
            languages += _matches("language", self.language_codes, stems)
        changes = self._changes(tokens, stems, services)
        matches = sorted([*services, *languages, *changes], key=lambda match: match.first)
        return [_entity(text, tokens, match) for match in matches]

    def _changes(
        self, tokens: Sequence[Token], stems: Sequence[str], services: Sequence[Match]
    ) -> list[Match]:
        """Return the verbs that give or take one of `services`, or access itself."""
        if not services and self.access_words.isdisjoint(stems):
            return []
        targets = {match.first for match in services}
        anywhere = _apart(_matches("right_change", self.changes, stems), services)
        nearby = _matches("right_change", self.changes_of_services, stems)
        concerning = [
            match
            for match in _apart(nearby, [*services, *anywhere])
            if self._concerns_access(match.end, tokens, stems, targets)
        ]
        verbs = [verb for verb in anywhere + concerning if not self._echoes(verb, anywhere, stems)]
        changes = [
            verb for verb in verbs if verb in anywhere or not _is_allowed(verb, verbs, targets)
        ]
        return changes + self._modals(stems, services, changes)

    def _echoes(self, match: Match, verbs: Sequence[Match], stems: Sequence[str]) -> bool:
        """Tell whether a word only says again what another one takes: "don't let … any more"."""
        takes = any(verb.value == match.value and verb != match for verb in verbs)
        return takes and tuple(stems[match.first : match.end]) in self.echoes

    def _modals(
        self, stems: Sequence[str], services: Sequence[Match], changes: Sequence[Match]
    ) -> list[Match]:
        """Return what denies a service and, where no verb gives or takes, who "can" or "can't"."""
        targets = {match.first for match in services}
        denials = [
            match
            for match in _apart(_matches(MODAL, self.denials, stems), [*services, *changes])
            if self._next_word(stems, match.end) in targets
        ]
        if changes:
            return denials
        modals = _matches(MODAL, self.modals, stems)
        return denials + _apart(modals, [*services, *denials])

    def _next_word(self, stems: Sequence[str], at: int) -> int:
        """Return the place of the next word that is no article."""
        while at < len(stems) and stems[at] in self.services.fillers:
            at += 1
        return at

    def _concerns_access(
        self, after: int, tokens: Sequence[Token], stems: Sequence[str], targets: set[int]
    ) -> bool:
        """Tell whether what a verb gives or takes is a service or access, not a person."""
        for at in range(after, min(after + _REACH, len(stems))):
            token = tokens[at]
            if token.starts_sentence or "," in token.gap or token.follows == "email":
                return False
            if stems[at] in self.account_words:
                return False
            if at in targets or stems[at] in self.access_words:
                return True
        return False


def _changes(rights: Any) -> PhraseBook:
    """Return the words that give or take; those that give, denied, take."""
    gives, takes = rights["grant"]["anywhere"], rights["revoke"]["anywhere"]
    denied = [f"{no} {verb}" for verb in gives for no in rights["not_before"]]
    denied += [f"{verb} {no}" for verb in gives for no in rights["not_after"]]
    return PhraseBook.of({"revoke": [*takes, *denied], "grant": gives})


def _is_allowed(match: Match, verbs: Iterable[Match], targets: Iterable[int]) -> bool:
    """Tell whether a verb is what another one allows or forbids: "let her add data"."""
    before = max((verb.end for verb in verbs if verb.end <= match.first), default=None)
    return before is not None and not any(before <= at < match.first for at in targets)


def _matches(entity: str, book: PhraseBook, stems: Sequence[str]) -> list[Match]:
    """Return every name of `book`, longest first, none overlapping."""
    matches, behind = [], 0
    for at, word in enumerate(stems):
        if at < behind or word not in book.words:
            continue
        if match := book.match(stems, at):
            behind, value = match
            matches.append(Match(entity, value, at, behind))
    return matches


def _apart(matches: Iterable[Match], others: Iterable[Match]) -> list[Match]:
    """Return the matches that share no word with `others`."""
    taken = {at for match in others for at in range(match.first, match.end)}
    return [match for match in matches if taken.isdisjoint(range(match.first, match.end))]


def _entity(text: str, tokens: Sequence[Token], match: Match) -> Entity:
    words = tokens[match.first : match.end]
    apart = (at for at, word in enumerate(words) if at and word.follows)  # "give Sam back"
    start, end = words[0].start, words[next(apart, len(words)) - 1].end
    modal = match.entity == MODAL
    entity, extractor = ("right_change", MODAL) if modal else (match.entity, _EXTRACTOR)
    return Entity(entity, match.value, start, end, text[start:end], 0.9, extractor)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in phrase(text))
