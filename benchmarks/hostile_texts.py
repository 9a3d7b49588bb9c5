"""Texts that are meant to cost much: long, nested, endless, or made for one regular expression."""

import random
from collections.abc import Mapping
from itertools import count

MOST = 4096
"""Characters that a messenger lets through."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAMES = (
    *(
        "Marie",
        "Hugo",
        "Léa",
        "Diane",
        "Jean-Guy",
        "Omar",
        "Nadia",
        "Sami",
        "Rima",
        "Karim",
        "Lina",
    ),
    *("Zoé", "Kevin", "Sophie", "Marie-Ève", "Rose", "Anh", "Priya", "Thiago", "Édouard"),
)


def hostile_texts() -> Mapping[str, str]:
    """Return one text of each kind, by the name of the kind; always the same."""
    return {
        name: text[:MOST]
        for group in (_characters(), _words(), _signs(), _patterns(), _sentences())
        for name, text in group.items()
    }


def _characters() -> dict[str, str]:
    chance = random.Random(5)
    anything = "".join(chr(chance.randrange(0x110000)) for _ in range(MOST))
    return {
        "4096 x U+FDFA": "\ufdfa" * MOST,
        "4096 lone surrogates": "\ud800" * MOST,
        "surrogates between words": "add \ud800\udfff my \udc00 son " * 200,
        "combining marks": "e" + "\u0301" * MOST,
        "a mark on each letter": "".join(f"{c}\u0300\u0316\u0334" for c in _LETTERS * 20),
        "Hangul that composes": "\u1112\u1161\u11ab" * 1300,
        "marks out of their order": "a" + "\u0316\u0301" * 2000,
        "emoji": "😀" * MOST,
        "families joined by U+200D": "👨‍👩‍👧‍👦" * 400,
        "flags": "🇨🇦🇫🇷" * 500,
        "emoji between words": "add 🙂 my 🎉 son " * 100,
        "zero-width joiners": "\u200d" * MOST,
        "letters parted by U+200B": "\u200b".join("remove hugo " * 100),
        "right-to-left marks": "\u202e\u202d" * 2000,
        "control characters": "".join(map(chr, range(32))) * 100,
        "spaces of every kind": " \u00a0\u2003\u3000\t\n\u2028" * 500,
        "line feeds": "\n" * MOST,
        "fullwidth letters": "ｒｅｍｏｖｅ　ｈｕｇｏ　" * 300,
        "mathematical letters": "𝔯𝔢𝔪𝔬𝔳𝔢 𝓗𝓾𝓰𝓸 " * 250,
        "Thai without spaces": "ลบผู้ใช้ออกจากบัญชี" * 200,
        "Arabic": "احذف المستخدم من الحساب " * 150,
        "Chinese": "请把用户从账户中删除" * 400,
        "random code points": anything,
        "random letters": "".join(chance.choice(_LETTERS + " ") for _ in range(MOST)),
        "capitals with dots": "İ" * MOST,
        "ligatures": "ﬃﬄœæß" * 800,
        "roman numerals and fractions": "ⅷ½㎏℡№" * 800,
    }


def _words() -> dict[str, str]:
    chance = random.Random(6)

    def invented(length: int) -> str:
        return "".join(chance.choice(_LETTERS) for _ in range(length))

    near = ("unlok", "remuve", "factrue", "suprime", "telvision", "pasword", "debloke", "chanels")
    names = [f"{chance.choice(NAMES)} {invented(6).capitalize()}" for _ in range(400)]
    return {
        "400 unknown words": " ".join(invented(7) for _ in range(400)),
        "unknown words of four letters": " ".join(invented(4) for _ in range(800)),
        "unknown words of twelve letters": " ".join(invented(12) for _ in range(300)),
        "unknown capital words": " ".join(invented(6).capitalize() for _ in range(400)),
        "words of two letters": " ".join(invented(2) for _ in range(1300)),
        "words of one letter": "a b c d e " * 400,
        "slips alone": " ".join(near * 60),
        "one word of 4,000 letters": "x" * 4000,
        "one known word, endless": "unlock" * 680,
        "thousands of names": ", ".join(names),
        "names of the household": " ".join(NAMES * 30),
        "names joined by hyphens": "-".join(NAMES * 30),
        "names with and": " and ".join(NAMES * 30),
        "names in capitals": " ".join(NAMES * 30).upper(),
        "nearly names": "Hugoo Leaa Diann Marrie Kevinn Soffie Rosee " * 90,
        "particles": "van der de la von den " * 200,
        "titles": "Mr Mrs Dr M. Mme " * 200,
        "relations": "my son my daughter my wife mon mari ma blonde " * 90,
        "possessives": "my my my mon ma mes " * 200,
        "services": "tv bills internet usage voicemail channels data add-ons " * 80,
        "fillers of services": "the la le of de my mon " * 150,
        "every verb": "remove add give unlock reset change undo rename send cancel " * 70,
        "pronouns": "him her them it he she they lui leur " * 110,
        "numbers as words": "one two three first second last un deux " * 100,
    }


def _signs() -> dict[str, str]:
    return {
        "deeply nested brackets": "(" * 2000 + ")" * 2000,
        "nested quotes": "«“\"'" * 1000,
        "words in brackets": "(remove [hugo {now}]) " * 180,
        "question marks": "?" * MOST,
        "a word, a mark": "no? yes! no. yes; no: yes, " * 150,
        "list marks": "\n".join(f"{n}) remove hugo" for n in range(1, 250)),
        "bullets": "• tv\n- bills\n* usage\n" * 190,
        "numbers of a list alone": "".join(f"{n}. " for n in range(1, 900)),
        "dashes": "- " * 2000,
        "apostrophes": "l'd'j'm'n's'" * 340,
        "hyphens": "a-" * 2000,
        "slashes": "/start " * 600,
        "masks": "⟨code:x⟩⟨digits:y⟩" * 200,
        "mask openings": "⟨code:" * 680,
        "markup": "<b><i><script>" * 290,
        "placeholders": "{name} %s ${x} {{7*7}} " * 170,
    }


def _patterns() -> dict[str, str]:
    numbers = count(514_555_0100)
    return {
        "'@' chain": "a@" * 2000,
        "'@' with spaces": "a @ b @ " * 500,
        "'@' alone": "@" * MOST,
        "addresses": "".join(f"u{n}@example.com " for n in range(250)),
        "addresses with accents": "é@é.com ü@ü.de " * 250,
        "address with a long local part": "a" * 380 + "@example.com",
        "address with many labels": "x@" + "a." * 190 + "com",
        "punycode hosts": "x@xn--a.xn--b.com " * 220,
        "dictated addresses": "x at y dot com " * 270,
        "dictated signs": "dot at dot at underscore dash " * 130,
        "an endless dictated address": "x at " + "y dot " * 600,
        "hosts": "a.b.c.d.e.f " * 330,
        "host that never ends": "a-" * 190 + "." + "a-" * 1800,
        "hosts joined by hyphens": "-a." * 1300,
        "links": "https://example.com/a?b=c www.example.com " * 95,
        "digits": "5" * MOST,
        "digits in pairs": "51 45 55 12 34 " * 270,
        "phone numbers": " ".join(str(next(numbers)) for _ in range(370)),
        "phone numbers with signs": "+1 (514) 555-0199, " * 210,
        "phone numbers joined": "514-555-0199/" * 310,
        "numbers with plus signs": "+4" * 2000,
        "receipts": " ".join(f"F-{n:06d}" for n in range(450)),
        "receipts without numbers": "F-F F- F" * 500,
        "codes": "1234 5678 " * 400,
        "digits of other scripts": "١٢٣٤ ५६७८ " * 400,
        "vertical bars and equals": "a=b|c\\d;" * 500,
    }


def _sentences() -> dict[str, str]:
    return {
        "all NOT": "not " * 1000,
        "not any more": "no longer don't never not any more " * 115,
        "pas": "ne pas plus jamais ni aucun sans sauf " * 105,
        "not him but her": "not Hugo but Léa, not Léa but Hugo, " * 110,
        "except": "everyone except everyone but all except both " * 90,
        "all and none": "all none both everything nothing everybody nobody " * 80,
        "wishes for all": "remove Hugo and unlock Léa, then give Hugo tv and " * 80,
        "wishes without objects": "remove and unlock and give and take and " * 100,
        "people, then services": "Hugo Léa tv bills Hugo Léa tv bills " * 110,
        "commas": "Hugo, Léa, Hugo, Léa, " * 180,
        "and and and": "and " * 1000,
        "to to to": "change name to to to to " * 170,
        "her name is her name is": "her name is his name is mon nom est " * 110,
        "questions": "who can see the bills? what can Hugo do? " * 100,
        "conditions": "if when because whether since si quand parce que " * 80,
        "yes": "yes " * 1000,
        "yes and no": "yes no oui non ok never mind " * 140,
        "help me": "help me please can you could you " * 120,
        "only and also": "only also too as well nothing else seulement aussi " * 80,
        "change a channel": "let Hugo change the channels and change the channels " * 75,
        "an off-topic story": "We drove to the lake and the straps began to hum so loudly that "
        * 60,
        "both languages": "remove le fils of ma wife from mon account s'il vous please " * 65,
    }
