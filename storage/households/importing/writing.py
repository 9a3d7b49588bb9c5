"""Writing one person of an import: the row, its audit entry, and the mails that tell them."""

from collections.abc import Collection

from storage.audit.chain import Audit
from storage.households.declared import CHANGES
from storage.households.importing.records import Step
from storage.households.member_writer import MemberWriter
from storage.households.members import Member, Members, personal
from storage.households.notices import Notices
from storage.identity.lockout import Lockout
from storage.identity.proofs import Proofs
from storage.transaction import Repository, part


class PersonWriter(Repository):
    _members = part(Members)
    _proofs = part(Proofs)
    _audit = part(Audit)
    _notices = part(Notices)
    _lockout = part(Lockout)
    _people = part(MemberWriter)

    def write(self, step: Step) -> None:
        if step.is_deleted:
            return
        if step.existing is None:
            self._create(step)
        elif step.accepted:
            self._change(step, step.existing)

    def _create(self, step: Step) -> None:
        record = step.record
        member_id = self._members.add(
            step.household_id,
            record.role,
            status=record.status or "active",
            first_name=record.first_name,
            last_name=record.last_name,
            email=record.email,
            language=step.language,
            username=record.username,
        )
        self._members.set_services(member_id, record.rights or ())
        if record.password_hash is not None:
            self._proofs.set_password(member_id, record.password_hash)
        if record.status == "locked":
            self._lockout.impose(record.username, member_id)
        self._enter(step, None, self._members.present(member_id))

    def _change(self, step: Step, before: Member) -> None:
        record, accepted = step.record, step.accepted
        if step.moves:
            self._members.reseat(
                before.id,
                step.household_id if "household" in accepted else before.household_id,
                record.role if "role" in accepted else before.role,
            )
        wanted = {
            "first_name": record.first_name,
            "last_name": record.last_name,
            "email": record.email,
            "language": step.language,
            "status": record.status,
        }
        values = {field: value for field, value in wanted.items() if field in accepted}
        if values:
            self._members.change(before.id, **values)
        if "rights" in accepted:
            self._set_rights(self._members.present(before.id), record.rights or ())
        if "password" in accepted and record.password_hash is not None:
            self._proofs.set_password(before.id, record.password_hash)
        if "status" in accepted and record.status == "locked":
            self._lockout.impose(record.username, before.id)
        elif "status" in accepted:
            self._lockout.free(before.id)
        self._void(before.id, accepted)
        after = self._members.present(before.id)
        self._enter(step, before, after)
        self._tell(step, before, after)

    def _set_rights(self, before: Member, listed: Collection[str]) -> None:
        """Exactly these; of ends and pauses the file does not speak, so theirs stay.

        They are those of this moment: a holder may have set one since the file was compared.
        """
        ends = {code: at for code, at in before.ends if code in listed}
        pauses = {code: at for code, at in before.pauses if code in listed}
        self._members.set_services(before.id, set(listed) - pauses.keys(), ends, pauses)

    def _void(self, member_id: int, accepted: Collection[str]) -> None:
        """An address of the operator's record counts without anybody's word."""
        if not {"email", "role", "household"}.isdisjoint(accepted):
            self._proofs.void(member_id)
        if "email" in accepted:
            self._people.confirm(member_id)

    def _enter(self, step: Step, before: Member | None, after: Member) -> None:
        """In the chain of the household, and of the one that somebody was taken from."""
        homes = {after.household_id} | ({before.household_id} if before else set())
        for household_id in sorted(homes):
            self._audit.done(
                household_id,
                step.signature,
                "import",
                target=after.id,
                before=personal(before) if before else None,
                after=personal(after),
            )

    def _tell(self, step: Step, before: Member, after: Member) -> None:
        self._notices.of(CHANGES["import"], step.signature, before, after)
        if "password" in step.accepted:
            self._notices.tell("password_changed", after, step.signature)
