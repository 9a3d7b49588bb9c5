"""What an agent says to a customer: it leaves as the agent's own, and can be corrected."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from storage.messages.conversations import ConversationRow
from storage.messages.outbox import Outbox
from storage.messages.tables import outbox
from storage.transaction import Repository, part


class AgentWords(Repository):
    _rows = part(Outbox)

    def say(
        self,
        conversation: ConversationRow,
        text: str,
        *,
        language: str,
        template: str = "agent",
        source: str | None = None,
        act: dict[str, Any] | None = None,
        buttons: Sequence[dict[str, str]] = (),
    ) -> None:
        """Have a text leave for the customer; `source` is the agent's message that it relays.

        Where replies leave with a turn (REST), the customer gets it with their next message.
        """
        self._rows.reply(
            conversation_id=conversation.id,
            inbox_id=None,
            channel=conversation.channel,
            template=template,
            text=text,
            language=language,
            parameters={},
            buttons=list(buttons),
            sent=False,
            speaker="agent",
            act=act,
            source=source,
        )

    def correct(self, conversation: ConversationRow, source: str, text: str, again: str) -> bool:
        """Change what that message of the agent said; False when it said nothing here.

        What has not left yet changes at once; what has left, or is on its way this moment, is
        edited in the messenger, or said `again` where messages cannot be edited.
        """
        said = (
            select(outbox.c.id, outbox.c.sent_at, outbox.c.sent_as, outbox.c.attempts, outbox.c.act)
            .where(outbox.c.conversation_id == conversation.id, outbox.c.source == source)
            .where(outbox.c.dead_at.is_(None))
            .order_by(outbox.c.id)
            .limit(1)
        )
        message = self._connection.execute(said).one_or_none()
        if message is None:
            return False
        row_id, sent_at, sent_as, attempts, copied = message
        if sent_at is None and not attempts:
            changed = outbox.update().where(outbox.c.id == row_id).values(text=text)
            self._connection.execute(changed)
            return True
        act = {"kind": "caption" if copied else "edit"}
        if sent_as is not None:
            self.say(conversation, text, language="", act={**act, "message": sent_as})
        elif sent_at is None:  # it will have its number before this row may leave
            self.say(conversation, text, language="", act={**act, "of": row_id, "again": again})
        else:
            self.say(conversation, again, language="")
        return True
