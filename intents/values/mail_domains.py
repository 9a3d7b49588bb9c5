"""The domains of mail: which one was meant, where the one typed is nearly that."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from rapidfuzz.distance import OSA

from intents.words.lexicon import read_yaml
from intents.words.tokens import fold

SHORTEST = 8
"""Letters of a domain of which one may be wrong; in a shorter one that is another domain."""
_HOST = re.compile(r"(?<![@\w.])((?:[\w-]++\.)+[a-z]{2,24})(?![\w@])", re.IGNORECASE)
_ENDING = re.compile(r"(?<![\w.])\.([a-z]{2,4})(?![\w.@])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = read_yaml("lexicon", "mail_domains.yml")
    return data


@cache
def _called() -> Mapping[str, str]:
    return {fold(name): domain for name, domain in _data()["called"].items()}


def likely(address: str) -> str:
    """Return the address that was probably meant; empty where the typed one looks right.

    Letters with accents before the @ are nearly always a habit of the writer: many mail servers
    cannot carry them (SMTPUTF8, RFC 6531), so that hardly anybody has such an address.
    """
    local, _, host = address.rpartition("@")
    meant, plain = _likely(host.casefold()), _plain(local)
    return f"{plain}@{meant or host}" if local and (meant or plain != local) else ""


def _plain(local: str) -> str:
    """Without accents; as it is where it is not in our letters at all."""
    folded = fold(local)
    return local if local.isascii() or not folded.isascii() else folded


def _likely(host: str) -> str:
    known = _data()["domains"]
    if host in known:
        return ""
    if host in _data()["moved"]:
        return str(_data()["moved"][host])
    name, _, ending = host.rpartition(".")
    near = [
        domain for domain in known if len(domain) >= SHORTEST and OSA.distance(host, domain) == 1
    ]
    ending = _data()["endings"].get(ending, "")
    whole = f"{name}.{ending}" if ending else ""
    return str(near[0]) if near else _likely(whole) or whole if whole else ""


def named(text: str, *, mends: bool) -> str:
    """Return the domain that a message names by itself.

    What a provider is called counts where something is put right: "oops, gmail".
    """
    match = _HOST.search(text)
    if "@" in text or match or not mends:
        return match[1].lower() if match and "@" not in text else ""
    called = _called()
    return next((called[word] for word in _WORD.findall(fold(text)) if word in called), "")


def ending(text: str, *, mends: bool) -> str:
    """Return the ending that a message names by itself where it puts one right: ".com"."""
    match = _ENDING.search(text) if mends and "@" not in text else None
    return match[0].lower() if match else ""
