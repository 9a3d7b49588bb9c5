"""How the answers do, for whoever writes them: `foyer report`."""

from datetime import date, timedelta

from bot.constants import figures
from bot.operating.case_report import ban_lines, case_lines
from bot.operating.parked import Report, on_one_line
from bot.settings import Settings
from faq.articles import Articles
from storage.clock import Clock, system_clock
from storage.database import Database
from storage.messages.feedback import Gap, Helpfulness

GAPS = 20
"""How many questions without an answer are shown."""
REVIEW_AHEAD = timedelta(days=60)
"""So long before it expires an article is named."""


def report_answers(settings: Settings, database: Database, days: int) -> Report:
    """Report what had no answer, what helped, and what must be reviewed."""
    clock: Clock = system_clock(timedelta(seconds=settings.clock_offset))
    since = clock() - timedelta(days=days)
    with database.read() as uow:
        gaps, judged = uow.feedback.gaps(since, GAPS), uow.feedback.helpfulness(since)
        cases, bans = uow.case_lists.times(since), uow.bans.since(since)
    due = _due(Articles.load(figures(settings.conversation_days)), clock().date())
    return Report(
        (
            f"Questions without an answer, last {days} days:",
            *(map(_gap_line, gaps) if gaps else ["  none"]),
            f"Did the answers help? Last {days} days:",
            *(map(_judged_line, judged) if judged else ["  nobody said"]),
            f"Articles to review within {REVIEW_AHEAD.days} days:",
            *(due or ["  none"]),
            f"Cases for people, last {days} days:",
            *case_lines(cases, settings.time_zone),
            f"Chats that agents banned, last {days} days:",
            *ban_lines(bans, clock()),
        )
    )


def _gap_line(gap: Gap) -> str:
    return f"  {gap.times:4}  {gap.language}  {on_one_line(gap.text)}"


def _judged_line(article: Helpfulness) -> str:
    return f"  {article.helped:4} of {article.asked}  {article.language}  {article.article_id}"


def _due(articles: Articles, today: date) -> list[str]:
    lines = []
    for article_id in articles.ids():
        for language, article in articles.versions(article_id).items():
            if article.expires <= today + REVIEW_AHEAD:
                lines.append(f"  {article.expires}  {language}  {article_id}")
    return sorted(lines)
