"""Was an answer helpful, and what had none."""

from storage.database import Database
from storage.messages.tables import faq_feedback
from tests.fakes.households import start_chat


def test_feedback_and_gaps_are_kept(database: Database) -> None:
    chat = start_chat(database)
    with database.write() as uow:
        uow.feedback.record(
            article_id="faq/max_users", language="fr", helpful=False, conversation_id=chat
        )
        uow.feedback.gap(intent="nlu_fallback", language="en", text="why " * 100)
    with database._engine.connect() as connection:
        helpful, gap = connection.execute(faq_feedback.select().order_by(faq_feedback.c.id))
    assert (helpful.kind, helpful.article_id) == ("helpful", "faq/max_users")
    assert helpful.helpful is False
    assert (gap.kind, gap.intent, gap.text) == ("gap", "nlu_fallback", "why " * 50)
