"""The way of a message through the room: clean, find entities, tell the language, rank, judge."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Self

from platformdirs import user_cache_path
from threadpoolctl import threadpool_limits

from intents.classifier.encoder import load_encoder
from intents.classifier.entities import EntityFinder
from intents.classifier.features import Vector, View
from intents.classifier.gate import Gate
from intents.classifier.model import Classifier, Weighed
from intents.classifier.model_cache import ModelCache, content_key
from intents.classifier.rights import with_direction
from intents.classifier.training import Recipe, train_all
from intents.classifier.training_data import WordUse
from intents.classifier.vector_cache import VectorCache
from intents.context import NOWHERE, Context
from intents.naming import Naming
from intents.parse_result import FALLBACK, OUT_OF_SCOPE, Entity, ParseResult, Reading
from intents.reader import read
from intents.reading import Reading as Meaning
from intents.secrets.private import Laid, Private, find_private
from intents.sighting import Sighting
from intents.spans.span import lay
from intents.values.household import Household, Nicknames, SomebodyT
from intents.values.phrases import MODAL, Offered
from intents.words.cleaning import clean, clean_part
from intents.words.dictionary import is_word, open_all
from intents.words.language import LanguageDetector
from intents.words.lexicon import Entries, Lexicon, languages, read_yaml, with_parted
from intents.words.near import NearWords
from intents.words.slips import LONG_WORD, MOST, Slips, is_glued, shortened, spelt_out, unglued
from intents.words.spelling import Speller
from intents.words.tokens import Token, stem, with_pictures

CHANGE = "change_rights"
_PAUSES = frozenset(".,;:!?()…")
"""No entry of the lexicon goes on behind one of these."""
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
MOST_LAID = 1200
"""Words in which secrets are looked for: 4,096 characters of prose have fewer than 900."""
SURE = 0.5
"""Below it a message of words that nobody ever typed is not guessed at; nor is it held for none of
the bot's business."""


@dataclass(frozen=True, slots=True, repr=False)
class Parser:
    """Understands one message at a time; immutable after `load`, safe to share between threads."""

    entities: EntityFinder
    languages: LanguageDetector
    speller: Speller
    household: Household
    lexicons: dict[str, Lexicon]
    slips: Slips
    known: frozenset[str]
    """Words that are something in themselves: they are never mended."""
    classifier: Classifier
    gate: Gate
    naming: Naming
    agreeing: frozenset[str]
    """Words that yeses are said with."""
    near_agreement: NearWords
    careful: frozenset[str]
    gives_or_takes: frozenset[str]
    encode: Callable[[Sequence[str]], Vector]
    """The sentence encoder: one row of length 1 a text, which must be clean."""
    encode_kept: Callable[[Sequence[str]], Vector]
    """The same for texts that seldom change: what they are encoded to is kept on disk."""

    @classmethod
    def load(cls, *, cache: Path | None = None) -> Self:
        """Return a parser, trained first (tens of seconds) when `cache` holds no model of it.

        `cache` is a folder; without it, the user's cache folder.
        """
        recipe = Recipe()
        folder = cache or user_cache_path("foyer")
        encode = load_encoder(folder)

        key = content_key(repr(recipe))
        model = ModelCache(folder).get(key, partial(train_all, recipe, encode))
        encode = encode.keeping(model.arrays["usual_pieces"])
        # A message is too small to share out: two threads take three times as long.
        threadpool_limits(limits=1, user_api="blas")  # type: ignore[no-untyped-call]  # no types
        use = WordUse(frozenset(model.ordinary_words), frozenset(model.known_names))
        catalogue = read_yaml("catalogue.yml")
        lexicons = {language: Lexicon.load(language) for language in languages()}
        open_all()
        return cls(
            entities=EntityFinder.load(use),
            languages=LanguageDetector.load(),
            household=Household(Nicknames.load()),
            lexicons=lexicons,
            slips=Slips.of(lexicons.values()),
            known=use.ordinary | use.names,
            speller=Speller.of(model.words, use.ordinary | use.names),
            classifier=Classifier.of(model, encode.heads, recipe.scales),
            gate=Gate(),
            naming=Naming.load(),
            agreeing=frozenset(model.agreeing_words),
            near_agreement=NearWords.of(model.agreeing_words, shortest=3),
            careful=frozenset(catalogue["careful"]),
            gives_or_takes=frozenset(catalogue["gives_or_takes"]),
            encode=encode,
            encode_kept=VectorCache(folder, key, encode),
        )

    def parse(self, text: str, *, language_hint: str | None = None) -> ParseResult:
        """Return what `text` means; `language_hint` is the conversation's or messenger's language.

        Never raises for any string. Pure: nothing is stored, nothing is looked up elsewhere.
        """
        return self.look(text, language_hint=language_hint).parse

    def name(self, text: str, *, offered: Offered | None = None) -> ParseResult:
        """Return the same as `parse`, with the intent that the reader gives a first message."""
        return self.naming.of(self.read(self.look(text, offered=offered)))

    def look(
        self, text: str, *, language_hint: str | None = None, offered: Offered | None = None
    ) -> Sighting:
        """Return what can be seen in `text` wherever it is said; never raises.

        `offered` are the services that can be given now; without it, those of the lexicon.
        """
        cleaned, is_cut = clean_part(text)
        if not cleaned:
            language = language_hint or languages()[0]
            nothing = Reading(FALLBACK, 0.0)
            return Sighting(ParseResult(cleaned, language, False, nothing, (), ()))
        seen = self._see(cleaned, offered)
        question = self._question(cleaned, offered)
        # Together they cost less: the encoder's last layers are read from memory once.
        vectors = self.encode([part.view.prose for part in (seen, question) if part])
        vector = vectors[0]
        danger = self.gate.weigh(self.classifier.danger.named(seen.weighed, vector))
        rights = self.classifier.rights.named(seen.weighed, vector)
        parse = replace(self._judge(seen, vector, language_hint), danger=danger)
        if parse.intent.name in self.gives_or_takes:
            parse = with_direction(parse, rights)
        tokens = with_pictures(cleaned)
        stems = self._mended(tokens, parse.entities)
        entries = self._entries(tokens, stems, parse.language)
        keys = [token.key for token in tokens]
        agreeing = frozenset(
            index
            for index, word in enumerate(stems[:MOST])
            if word in self.agreeing or self._is_slip_of_agreement(tokens[index].key, len(stems))
        )
        answers = self.classifier.answers.named(seen.weighed, vector)
        mended = (at for at, word in enumerate(stems) if word != stem(keys[at]))
        ordinary = self.known.intersection(keys)
        spoken = self._spoken(keys)
        asked = self._judge(question, vectors[1], language_hint).intent.name if question else ""
        given = self.entities.people.names.given.intersection(keys)
        return Sighting(
            parse,
            tokens,
            entries,
            frozenset(mended),
            ordinary,
            given=given,
            languages=spoken,
            vector=vector,
            asked=asked,
            is_cut=is_cut,
            agreeing=agreeing,
            answers=answers,
            rights=rights,
            waiting=self.classifier.waiting.named(seen.weighed, vector),
            wanting=self.classifier.wanting.named(seen.weighed, vector),
        )

    def _question(self, text: str, offered: Offered | None) -> "_Seen | None":
        """Return the one question of a message that says something else as well."""
        sentences = [sentence for sentence in _SENTENCE.findall(text) if sentence.strip()]
        asked = [sentence.strip() for sentence in sentences if sentence.rstrip().endswith("?")]
        return self._see(asked[0], offered) if len(asked) == 1 < len(sentences) else None

    def _spoken(self, keys: Sequence[str]) -> dict[str, int]:
        """Count the words that belong to one language alone."""
        of = {language: lexicon.words for language, lexicon in self.lexicons.items()}
        counts = dict.fromkeys(of, 0)
        for word in map(stem, keys):
            spoken = [language for language, words in of.items() if word in words]
            if len(spoken) == 1:
                counts[spoken[0]] += 1
        return counts

    def private(self, text: str) -> list[Private]:
        """Return where `text` has what must not be kept: passwords, card numbers, SINs."""
        return find_private(text, self._laid)

    def _laid(self, text: str) -> Laid:
        tokens = with_pictures(text)[:MOST_LAID]
        stems = self._mended(tokens)
        entries = (self._entries(tokens, stems, language) for language in self.lexicons)
        return tokens, [lay(tokens, text, {}, each) for each in entries]

    def read(self, sighting: Sighting, context: Context = NOWHERE) -> Meaning:
        """Return what was seen means in its context."""
        return read(sighting, self.household, context)

    def _entries(
        self, tokens: Sequence[Token], stems: Sequence[str], language: str
    ) -> tuple[Entries, ...]:
        """Look each place up in the lexicon of the language, else in the others'."""
        order = sorted(self.lexicons, key=lambda name: name != language)
        lexicons = [self.lexicons[name] for name in order]
        end = len(stems)
        entries: list[Entries] = [()] * end
        for at in range(end - 1, -1, -1):
            matches = [match for lexicon in lexicons for match in lexicon.matches(stems, at, end)]
            # The longest wins, whatever its language; of two as long, that of the message.
            entries[at] = tuple(sorted(matches, key=lambda match: -match[0]))
            with_parted(entries, lexicons, stems, at, end)
            if not _PAUSES.isdisjoint(tokens[at].gap):
                end = at
        return tuple(entries)

    def _mended(self, tokens: Sequence[Token], entities: Sequence[Entity] = ()) -> list[str]:
        spans = [(e.start, e.end) for e in entities if e.entity != "right_change"]
        stems, left = [], MOST
        for token in tokens:
            key = spelt_out(token.key)
            word = stem(key)
            strange = left and key.isalpha() and not self._knows(key)
            if strange and not any(start <= token.start < end for start, end in spans):
                left -= 1
                said = (*shortened(token.key), *unglued(token.key))
                short = next(filter(self._knows, said), None)
                mended = None if is_word(token.text) else self.slips.mend(word)
                word = stem(short) if short else mended or word
            stems.append(word)
        return stems

    def _is_slip_of_agreement(self, key: str, words: int) -> bool:
        """Whether it stands for a word of yeses. Short ones only alone: "yes suri" names Suri."""
        if not key.isalpha() or self._knows(key) or (words > 1 and len(key) < LONG_WORD - 2):
            return False
        return any(word[0] == key[0] for _, word in self.near_agreement.within(key, 1))

    def _knows(self, key: str) -> bool:
        word = stem(key)
        listed = any(word in lexicon.words for lexicon in self.lexicons.values())
        return listed or (key in self.known and not is_glued(key))

    def is_relation(self, text: str) -> bool:
        """Whether a text names somebody by a relation alone: "my son", "ma blonde"."""
        entities = self.entities.find(clean(text))
        return any(entity.extractor == "relations" for entity in entities)

    def meant(self, said: str, people: Sequence[SomebodyT]) -> Sequence[SomebodyT]:
        """Return whom of `people` some words can name; "my son" can be anybody."""
        named = self.household.meant(said, people)
        return named or (tuple(people) if self.is_relation(said) else ())

    def _judge(self, seen: "_Seen", vector: Vector, language_hint: str | None) -> ParseResult:
        cleaned, entities = seen.text, seen.entities
        shares = self.classifier.languages.named(seen.weighed, vector)
        language, confident = self.languages.detect(cleaned, entities, shares, language_hint)
        ranking = self.classifier.rank(seen.weighed, vector)
        vague = ranking[0].confidence < SURE or ranking[0].name == OUT_OF_SCOPE
        guessed = vague and not self.speller.knows_some(seen.view.prose)
        if guessed or self.languages.is_mute(cleaned, entities):  # names alone wish for nothing
            fallback = Reading(FALLBACK, ranking[0].confidence)
            return ParseResult(cleaned, language, confident, fallback, ranking, entities)
        intent, unsure = self.gate.judge(ranking, self.careful)
        entities = tuple(entity for entity in entities if self._fits(entity, intent.name))
        return ParseResult(cleaned, language, confident, intent, ranking, entities, unsure)

    def _fits(self, entity: Entity, intent: str) -> bool:
        """Tell whether a word of giving or taking means that: not where somebody is added."""
        if entity.entity != "right_change":
            return True
        return intent == CHANGE if entity.extractor == MODAL else intent in self.gives_or_takes

    def _see(self, text: str, offered: Offered | None) -> "_Seen":
        """Return a text with what the classifier sees: the message without slips of the finger."""
        entities = self.entities.find(text, offered)
        mended = self.speller.mend(text, entities)
        known = entities if mended == text else self.entities.find(mended, offered)
        view = View.of(mended, known)
        return _Seen(text, entities, view, self.classifier.weigh(view.terms))


@dataclass(frozen=True, slots=True)
class _Seen:
    text: str
    entities: tuple[Entity, ...]
    view: View
    weighed: Weighed
