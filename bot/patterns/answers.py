"""The actions that answer: an article, a search, which one was meant, did it help."""

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import DeskAction, context
from faq.articles import Article
from faq.search import Hit


class Answering(DeskAction):
    """Says articles in both languages at once: the reader's is chosen when it is rendered."""

    def answer(self, article_id: str, say: CollectingDispatcher) -> bool:
        """Say an article; false when there is none."""
        english = self.reference.articles.get(article_id, "en")
        french = self.reference.articles.get(article_id, "fr")
        if english is None or french is None:
            return False
        say.utter_message(
            response="utter_answer",
            article_id=article_id,
            answer={"en": english.body, "fr": french.body},
            sources=_both(english, french),
            reviewed={"date": f"{english.reviewed.isoformat()}T12:00:00+00:00"},
            card_open=self.desk.card_open,
            buttons=[] if self.desk.card_open else self._do_it_now(english),
        )
        return True

    def missing(self, intent: str, tracker: Tracker, say: CollectingDispatcher) -> None:
        """Say that there is no answer, and keep the question for whoever writes the articles."""
        self.uow.feedback.gap(
            intent=intent,
            language=self.desk.language,
            text=tracker.latest_message.get("text", ""),
        )
        say.utter_message(response="utter_no_article")

    def _do_it_now(self, article: Article) -> list[dict[str, Any]]:
        if article.task is None:
            return []
        return [{"title": {"response": "text_do_it_now"}, "payload": f"/{article.task}"}]


def _both(english: Article, french: Article) -> list[dict[str, str]]:
    pairs = zip(english.sources, french.sources, strict=True)
    return [{"en": one, "fr": other} for one, other in pairs]


class ActionAnswerQuestion(Answering):
    """Answers the question that was recognised."""

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        article_id = context(tracker)["article_id"]
        if not self.answer(article_id, say):
            self.missing(f"faq/{article_id}", tracker, say)
        return []


class ActionSearchArticles(Answering):
    """Looks for an answer to what no intent fits; else the help ladder."""

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        hits = self._find()
        if hits and self.answer(hits[0].article_id, say):
            return []
        rung = context(tracker)["rung"]
        say.utter_message(response="utter_not_understood", rung=rung)
        return []

    def _find(self) -> Sequence[Hit]:
        """Search by what was seen before the turn."""
        seen = self.desk.sighting
        if seen is None or seen.vector is None:
            return ()
        return self.reference.search.find(seen.text, seen.vector, self.desk.language)


class ActionClarify(Answering):
    """Asks which of two or three readings was meant."""

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        titles = self.reference.intent_titles
        options = [name for name in context(tracker)["options"] if name in titles]
        say.utter_message(
            response="utter_clarify",
            buttons=[{"title": titles[name], "payload": f"/{name}"} for name in options],
        )
        return []


class ActionExplainQuestion(DeskAction):
    """First rung of the ladder: what the open question wants, in other words."""

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = {"title": {"response": "text_person_instead"}, "payload": "/talk_to_human"}
        say.utter_message(response=context(tracker)["explains"], buttons=[person])
        return []


class ActionRecordFeedback(Answering):
    """Stores the yes or no about an answer; after a no, offers what is related."""

    def act(self, say: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        article_id = str(tracker.get_slot("feedback_article"))
        helpful = tracker.get_slot("feedback_helpful") == "yes"
        self.uow.feedback.record(
            article_id=article_id,
            language=self.desk.language,
            helpful=helpful,
            conversation_id=self.desk.conversation.id,
        )
        if helpful:
            say.utter_message(response="utter_feedback_thanks")
        else:
            say.utter_message(response="utter_feedback_sorry", buttons=self._related(article_id))
        return []

    def _related(self, article_id: str) -> list[dict[str, Any]]:
        articles = self.reference.articles
        article = articles.get(article_id, "en")
        related = article.related if article else ()
        found = [(name, articles.get(name, "en"), articles.get(name, "fr")) for name in related]
        return [
            {"title": {"en": english.title, "fr": french.title}, "payload": f"/faq/{name}"}
            for name, english, french in found
            if english and french
        ]
