"""Loading households from a file that has been read and checked: the database's side.

Running the same file twice changes nothing the second time. Of people who exist only names and
language follow the file; anything else that differs is left, unless its field is to be
overwritten: then it is audited and the person is told.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from storage.audit.chain import Audit, Signature
from storage.errors import ImportRefused, Refusal
from storage.households.actors import Operator
from storage.households.authority import Authority
from storage.households.import_records import (
    OVERWRITABLE,
    HouseholdRecord,
    MemberRecord,
    Outcome,
    Step,
    differing,
)
from storage.households.import_writing import PersonWriter
from storage.households.members import Members
from storage.households.tables import household
from storage.identity.proofs import Proofs
from storage.names import clean_name, clean_username
from storage.statements import insert_row
from storage.transaction import Repository, part


class Importing(Repository):
    _members = part(Members)
    _authority = part(Authority)
    _proofs = part(Proofs)
    _audit = part(Audit)
    _writer = part(PersonWriter)

    def apply(
        self,
        actor: Operator,
        records: Sequence[HouseholdRecord],
        overwrite: frozenset[str] = frozenset(),
    ) -> list[Outcome]:
        """Raises ImportRefused: let it roll the whole transaction back.

        Inside `Database.read` it is a dry run, because nothing is committed there.
        """
        changes: list[Outcome] = []
        steps: list[Step] = []
        for record in records:
            household_id, change = self._household(actor, record)
            signature = self._authority.check(actor, "import", household_id).signature
            changes.append(change)
            steps += [
                self._step(household_id, record.language, signature, _cleaned(person), overwrite)
                for person in record.members
            ]
        for step in steps:  # all stand up before anybody sits down: a swap needs no spare seat
            if step.existing is not None and step.moves:
                self._members.vacate(step.existing.id)
        for step in steps:
            self._write(step)
            changes += step.changes()
        self._check_holders(steps)
        return changes

    def _household(self, actor: Operator, record: HouseholdRecord) -> tuple[int, Outcome]:
        number = record.account_number
        home = self._connection.execute(
            select(household.c.id, household.c.language).where(household.c.account_number == number)
        ).one_or_none()
        if home is None:
            household_id = insert_row(
                self._connection,
                household,
                account_number=number,
                language=record.language,
                created_at=self._clock(),
            )
            mandate = self._authority.check(actor, "import", household_id)
            self._audit.done(household_id, mandate.signature, "import")
            return household_id, Outcome("created", number)
        if home.language == record.language:
            return home.id, Outcome("kept", number)
        self._connection.execute(
            household.update().where(household.c.id == home.id).values(language=record.language)
        )
        return home.id, Outcome("changed", number, "language")

    def _step(
        self,
        household_id: int,
        language: str,
        signature: Signature,
        record: MemberRecord,
        overwrite: frozenset[str],
    ) -> Step:
        existing = self._members.by_username(record.username)
        if existing is None:
            gone = self._members.is_kept(record.username)
            return Step(household_id, language, signature, record, None, is_deleted=gone)
        has_password = self._proofs.has_password(existing.id)
        fields = differing(existing, record, household_id=household_id, has_password=has_password)
        if "password" in overwrite and record.password_hash is not None:
            fields |= {"password"}
        left = (fields & OVERWRITABLE) - overwrite - {"password"}
        return Step(household_id, language, signature, record, existing, fields - left, left)

    def _write(self, step: Step) -> None:
        try:
            self._writer.write(step)
        except Refusal as refusal:
            raise ImportRefused(step.record.username, refusal.reason) from refusal

    def _check_holders(self, steps: Sequence[Step]) -> None:
        """Every household that the file touches, or takes somebody from, keeps its holder."""
        touched = {step.household_id: step.record.username for step in steps}
        for step in steps:
            if step.existing is not None:
                touched.setdefault(step.existing.household_id, step.record.username)
        for household_id, username in touched.items():
            roles = [person.role for person in self._members.of(household_id)]
            if roles.count("holder") != 1:
                raise ImportRefused(username, "no_holder")


def _cleaned(record: MemberRecord) -> MemberRecord:
    try:
        return replace(
            record,
            username=clean_username(record.username),
            first_name=clean_name(record.first_name),
            last_name=clean_name(record.last_name),
        )
    except Refusal as refusal:
        raise ImportRefused(record.username, refusal.reason) from refusal
