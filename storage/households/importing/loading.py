"""Loading households from a file that has been read and checked: the database's side.

Running the same file twice changes nothing the second time. Of people who exist only names and
language follow the file; anything else that differs is left, unless its field is to be
overwritten: then it is audited and the person is told. A household that was closed opens again.

What is there is read for all households at once, and new ones are written at once: only what
differs costs statements of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from storage.audit.chain import Audit, Signature
from storage.errors import ImportRefused, Refusal
from storage.households.actors import Operator
from storage.households.authority import Authority
from storage.households.changing import Changing
from storage.households.closing import Closing
from storage.households.importing.creating import Newcomers
from storage.households.importing.present import Home, Known, Present
from storage.households.importing.records import (
    OVERWRITABLE,
    HouseholdRecord,
    MemberRecord,
    Outcome,
    Step,
    differing,
)
from storage.households.importing.writing import PersonWriter
from storage.households.members import Members
from storage.households.tables import household
from storage.names import clean_name, clean_username, folded
from storage.statements import insert_row
from storage.transaction import Repository, part

NOBODYS = Signature("operator")
"""Under what is only compared."""
_ONE_BY_ONE_AFTER = 20
"""Refusals of one call after which each household is tried by itself."""


class Importing(Repository):
    _members = part(Members)
    _authority = part(Authority)
    _audit = part(Audit)
    _writer = part(PersonWriter)
    _present = part(Present)
    _newcomers = part(Newcomers)
    _closing = part(Closing)
    _change = part(Changing)

    def as_listed(
        self, records: Sequence[HouseholdRecord], overwrite: frozenset[str] = frozenset()
    ) -> list[int]:
        """Of which records nothing differs from what is there, by index. Changes nothing.

        Their names are taken as they are: of a file that has been checked.
        """
        homes = self._present.homes(records)
        if not homes:
            return []
        known = self._present.known(records)
        return [
            index
            for index, record in enumerate(records)
            if (home := homes.get(record.account_number)) is not None
            and home.closed_at is None
            and home.language == record.language
            and all(
                _step(
                    home.id, record.language, NOBODYS, person, known=known, overwrite=overwrite
                ).is_as_listed
                for person in record.members
            )
        ]

    def apply_what_fits(
        self,
        actor: Operator,
        records: Sequence[HouseholdRecord],
        overwrite: frozenset[str] = frozenset(),
    ) -> tuple[list[Outcome], dict[int, ImportRefused]]:
        """Apply all but what is refused: why, by its index. Raises Overtaken.

        Households stay together as far as they can, because people may move between them.
        """
        left = dict(enumerate(records))
        refused: dict[int, ImportRefused] = {}
        while left and len(refused) < _ONE_BY_ONE_AFTER:
            try:
                return self._in_savepoint(actor, [*left.values()], overwrite), refused
            except ImportRefused as refusal:
                index = next(index for index, it in left.items() if it.concerns(refusal.subject))
                refused[index] = refusal
                del left[index]
        outcomes: list[Outcome] = []
        for index, record in left.items():
            try:
                outcomes += self._in_savepoint(actor, [record], overwrite)
            except ImportRefused as refusal:
                refused[index] = refusal
        return outcomes, refused

    def apply(
        self,
        actor: Operator,
        records: Sequence[HouseholdRecord],
        overwrite: frozenset[str] = frozenset(),
    ) -> list[Outcome]:
        """Raises ImportRefused or Overtaken: let it roll the whole transaction back.

        Inside `Database.read` it is a dry run, because nothing is committed there.
        """
        cleaned = [_cleaned(record) for record in records]
        homes = self._present.homes(cleaned)
        for number, home in homes.items():
            if home.closed_at is not None:
                self._open_again(actor, number, home)
        known = self._present.known(cleaned)
        is_new = [
            record.account_number not in homes and not known.knows(record) for record in cleaned
        ]
        pairs = list(zip(cleaned, is_new, strict=True))
        self._newcomers.create(actor, [record for record, new in pairs if new])
        there = [record for record, new in pairs if not new]
        applied = iter(self._follow(actor, there, homes, known, overwrite))
        nested = [_created(record) if new else next(applied) for record, new in pairs]
        return [outcome for outcomes in nested for outcome in outcomes]

    def _in_savepoint(
        self, actor: Operator, records: Sequence[HouseholdRecord], overwrite: frozenset[str]
    ) -> list[Outcome]:
        with self._connection.begin_nested():
            return self.apply(actor, records, overwrite)

    def _follow(
        self,
        actor: Operator,
        records: Sequence[HouseholdRecord],
        homes: Mapping[str, Home],
        known: Known,
        overwrite: frozenset[str],
    ) -> list[list[Outcome]]:
        """Have households of which somebody is there follow the file."""
        outcomes: list[list[Outcome]] = []
        plans: list[list[Step]] = []
        touched: dict[int, str] = {}
        for record in records:
            home = homes.get(record.account_number)
            household_id, outcome = self._household(actor, record, home)
            if home is None:
                touched[household_id] = record.account_number
            signature = self._authority.check(actor, "import", household_id).signature
            outcomes.append([outcome])
            plans.append(
                [
                    _step(
                        household_id,
                        record.language,
                        signature,
                        person,
                        known=known,
                        overwrite=overwrite,
                    )
                    for person in record.members
                ]
            )
        steps = [step for plan in plans for step in plan]
        self._settle(steps)
        for step in steps:  # all stand up before anybody sits down: a swap needs no spare seat
            if step.existing is not None and step.moves:
                self._members.vacate(step.existing.id)
        for step in steps:
            self._write(step)
        for told, plan in zip(outcomes, plans, strict=True):
            told += [change for step in plan for change in step.changes()]
        self._check_holders(touched | _reseated(steps))
        return outcomes

    def _settle(self, steps: Collection[Step]) -> None:
        """Enter what time has ended where it would be overwritten, so that people hear of it."""
        ended = frozenset({"rights", "status"})
        homes = {s.existing.household_id for s in steps if s.existing and ended & s.accepted}
        for household_id in sorted(homes):
            self._members.hold(household_id)
            self._change.settle(household_id)

    def _household(
        self, actor: Operator, record: HouseholdRecord, home: Home | None
    ) -> tuple[int, Outcome]:
        number = record.account_number
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
        if home.language != record.language:
            self._connection.execute(
                household.update().where(household.c.id == home.id).values(language=record.language)
            )
        if home.closed_at is not None:
            return home.id, Outcome("reopened", number)
        if home.language != record.language:
            return home.id, Outcome("changed", number, "language")
        return home.id, Outcome("kept", number)

    def _open_again(self, actor: Operator, account_number: str, home: Home) -> None:
        try:
            self._closing.open_again(actor, home.id)
        except Refusal as refusal:
            raise ImportRefused(account_number, refusal.reason) from refusal

    def _write(self, step: Step) -> None:
        try:
            self._writer.write(step)
        except Refusal as refusal:
            raise ImportRefused(step.record.username, refusal.reason) from refusal

    def _check_holders(self, touched: Mapping[int, str]) -> None:
        """Every household that somebody came to, or left, keeps its holder."""
        for household_id, username in touched.items():
            roles = [person.role for person in self._members.of(household_id)]
            if roles.count("holder") != 1:
                raise ImportRefused(username, "no_holder")


def _step(
    household_id: int,
    language: str,
    signature: Signature,
    record: MemberRecord,
    *,
    known: Known,
    overwrite: frozenset[str],
) -> Step:
    key = folded(record.username)
    existing = known.people.get(key)
    if existing is None:
        gone = key in known.kept
        return Step(household_id, language, signature, record, None, is_deleted=gone)
    has_password = existing.id in known.with_password
    fields = differing(existing, record, household_id=household_id, has_password=has_password)
    if "password" in overwrite and record.password_hash is not None:
        fields |= {"password"}
    left = (fields & OVERWRITABLE) - overwrite - {"password"}
    return Step(household_id, language, signature, record, existing, fields - left, left)


def _reseated(steps: Collection[Step]) -> dict[int, str]:
    """The households whose people are not the same as before, each with somebody of the file."""
    touched: dict[int, str] = {}
    for step in steps:
        if step.existing is not None and step.moves:
            touched[step.existing.household_id] = step.record.username
        if step.moves or (step.existing is None and not step.is_deleted):
            touched[step.household_id] = step.record.username
    return touched


def _created(record: HouseholdRecord) -> list[Outcome]:
    people = [Outcome("created", person.username) for person in record.members]
    return [Outcome("created", record.account_number), *people]


def _cleaned(record: HouseholdRecord) -> HouseholdRecord:
    return replace(record, members=tuple(map(_clean, record.members)))


def _clean(record: MemberRecord) -> MemberRecord:
    try:
        return replace(
            record,
            username=clean_username(record.username),
            first_name=clean_name(record.first_name),
            last_name=clean_name(record.last_name),
        )
    except Refusal as refusal:
        raise ImportRefused(record.username, refusal.reason) from refusal
