"""What a message does to access, where no verb of the lexicon says it: "nerf Ezra's TV"."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from intents.classifier.entities import grouped
from intents.context import Wish
from intents.parse_result import Entity, ParseResult
from intents.tasks import CHANGE, GRANT, REVOKE

SURE = 0.8
"""How likely it must be that the whole message gives, or that it takes."""
HARDLY = 0.02
"""Below this nothing is taken: "both of them should see it" has the word, and only gives."""
_EXTRACTOR = "rights"


def direction(rights: Mapping[str, float]) -> str:
    """Return "grant" or "revoke" where the whole of a message is surely that, else nothing.

    `rights` has the probabilities of these, of "both" and of "neither".
    """
    likely = [change for change in (GRANT, REVOKE) if rights.get(change, 0.0) >= SURE]
    return likely[0] if likely else ""


def with_direction(parse: ParseResult, rights: Mapping[str, float]) -> ParseResult:
    """Return the parse with the change of rights that no word of it was found to name."""
    named = any(entity.entity == "right_change" for entity in parse.entities)
    value = direction(rights)
    if named or not value:
        return parse
    whole = Entity("right_change", value, 0, len(parse.text), parse.text, rights[value], _EXTRACTOR)
    return replace(parse, entities=grouped([whole, *parse.entities]))


def without_doubtful_gifts(wishes: Sequence[Wish], rights: Mapping[str, float]) -> list[Wish]:
    """Return wishes that only give as wishes that do not say, where the message sounds like taking.

    It is for a message in which no verb that is known gives: one that the lexicon lacks may take.
    Then the person is asked, since to take away needs plain words. What has an end is given.
    """
    changes = {(wish.change, wish.mood) for wish in wishes if wish.intent == CHANGE}
    taken = rights.get(REVOKE, 0.0)
    takes = taken >= HARDLY and taken + rights.get("both", 0.0) >= SURE
    ends = any("until" in wish.values for wish in wishes)
    alone = all(wish.intent == CHANGE for wish in wishes)  # beside others, it may sound of those
    if changes != {(GRANT, "wish")} or ends or not (takes and alone):
        return list(wishes)
    return [replace(wish, change="") if wish.intent == CHANGE else wish for wish in wishes]
