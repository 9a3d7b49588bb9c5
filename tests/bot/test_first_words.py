"""A first word that belongs to no language is answered in the chat's."""

import pytest

from tests.fakes.chats import Chat

WORDS = ["helene.roy", "ok", "123", "?", "Kevin", "marie12", "👍", "...", "diane tremblay", "lol"]
SAID = {"en": ("I ", "you"), "fr": ("vous", "Désolé", "Cela", "Avec moi")}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_no_language_is_answered_in_that_of_the_chat(
    word: str, language: str, chat: Chat
) -> None:
    said = " ".join(chat.say(word, language=language))
    other = {"en": "fr", "fr": "en"}[language]
    assert chat.row.language == language
    assert any(one in said for one in SAID[language]), said
    assert not any(one in said.split() for one in SAID[other]), said


def test_a_user_name_at_the_question_for_it_leaves_the_language(chat: Chat) -> None:
    chat.say("/verify", language="fr")
    chat.say("je veux me connecter", language="fr")
    chat.say("helene.roy", language="fr")
    assert chat.row.language == "fr"
