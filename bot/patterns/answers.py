"""The actions that answer: an article, a search, which one was meant, did it help."""

from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from bot.tasks.base import FoyerAction, pattern_context
from faq.articles import Article


class Answering(FoyerAction):
    """Says articles in every language at once: the reader's is chosen when it is rendered."""

    def answer(self, article_id: str, dispatcher: CollectingDispatcher) -> bool:
        """Say an article; false when there is none."""
        versions = self.reference.articles.versions(article_id)
        if not versions:
            return False
        first = next(iter(versions.values()))
        sources = zip(*(article.sources for article in versions.values()), strict=True)
        dispatcher.utter_message(
            response="utter_answer",
            article_id=article_id,
            answer={language: article.body for language, article in versions.items()},
            sources=[dict(zip(versions, titles, strict=True)) for titles in sources],
            reviewed={"date": f"{first.reviewed.isoformat()}T12:00:00+00:00"},
            card_open=self.context.card_open,
            buttons=[] if self.context.card_open else self._do_it_now(first),
        )
        return True

    def missing(self, intent: str, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
        """Say that there is no answer, and keep the question for whoever writes the articles."""
        self.uow.feedback.gap(
            intent=intent,
            language=self.context.language,
            text=tracker.latest_message.get("text", ""),
        )
        dispatcher.utter_message(response="utter_no_article")

    def _do_it_now(self, article: Article) -> list[dict[str, Any]]:
        if article.task is None:
            return []
        return [{"title": {"response": "text_do_it_now"}, "payload": f"/{article.task}"}]


class ActionAnswerQuestion(Answering):
    """Answers the question that was recognised."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        article_id = pattern_context(tracker)["article_id"]
        if not self.answer(article_id, dispatcher):
            self.missing(f"faq/{article_id}", tracker, dispatcher)
        return []


class ActionSearchArticles(Answering):
    """Looks for an answer to what no intent fits; else the help ladder."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        hits = self.context.articles.get(self.context.language)
        if hits and self.answer(hits[0].article_id, dispatcher):
            return []
        rung = pattern_context(tracker)["rung"]
        dispatcher.utter_message(response="utter_not_understood", rung=rung)
        return []


class ActionClarify(Answering):
    """Asks which of two or three readings was meant."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        titles = self.reference.intent_titles
        options = [name for name in pattern_context(tracker)["options"] if name in titles]
        dispatcher.utter_message(
            response="utter_clarify",
            buttons=[{"title": titles[name], "payload": f"/{name}"} for name in options],
        )
        return []


class ActionExplainQuestion(FoyerAction):
    """First rung of the ladder: what the open question wants, in other words."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        person = {"title": {"response": "text_person_instead"}, "payload": "/talk_to_human"}
        dispatcher.utter_message(response=pattern_context(tracker)["explains"], buttons=[person])
        return []


class ActionRecordFeedback(Answering):
    """Stores the yes or no about an answer; after a no, offers what is related."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        article_id = str(tracker.get_slot("feedback_article"))
        helpful = tracker.get_slot("feedback_helpful") == "yes"
        self.uow.feedback.record(
            article_id=article_id,
            language=self.context.language,
            helpful=helpful,
            conversation_id=self.context.conversation.id,
        )
        if helpful:
            dispatcher.utter_message(response="utter_feedback_thanks")
        else:
            buttons = self._related(article_id)
            dispatcher.utter_message(response="utter_feedback_sorry", buttons=buttons)
        return []

    def _related(self, article_id: str) -> list[dict[str, Any]]:
        articles = self.reference.articles
        article = next(iter(articles.versions(article_id).values()), None)
        related = article.related if article else ()
        return [{"title": articles.titles(name), "payload": f"/faq/{name}"} for name in related]
