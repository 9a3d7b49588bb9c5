"""The invitation once more: to whom, where to, and only to somebody who has not accepted."""

from storage.households.members import Members
from tests.fakes.changes import Desk
from tests.fakes.playing import Player


def test_the_only_one_who_is_invited_needs_no_naming(desk: Desk, holder: Player) -> None:
    zoe = desk.invite()
    old = desk.token("activation", "activation_url")
    said = holder.start("resend_invitation")
    assert "• For: Zoé Roy" in said
    assert f"• To: {zoe.email}" in said
    assert "5 days; earlier links stop working" in said
    assert "Receipt" in holder.tap("Yes")
    assert len(desk.mails("activation")) == 2
    assert not desk.is_live(old, "activation")
    assert desk.is_live(desk.token("activation", "activation_url"), "activation")


def test_of_several_the_holder_chooses(desk: Desk, holder: Player) -> None:
    first, second = desk.invite(1), desk.invite(2)
    holder.start("resend_invitation")
    assert holder.titles() == [f"Zoé Roy ({one.email})" for one in (first, second)]
    assert second.email in holder.tap("Zoé")
    said = holder.tap("No")
    assert "othing" in said
    assert len(desk.mails("activation")) == 2


def test_who_is_active_is_offered_a_password_link(desk: Desk, holder: Player) -> None:
    desk.invite()
    said = holder.start("resend_invitation", invited_user=f"id:{desk.leo.id}")
    assert said.startswith("Léo has accepted the invitation already")
    assert "choose a new password" in holder.tap("Send a password link")
    assert len(desk.mails("activation")) == 1


def test_nobody_is_invited(desk: Desk, holder: Player) -> None:
    assert "No invitation is waiting" in holder.start("resend_invitation")


def test_who_accepts_while_the_card_is_open_is_not_invited_again(
    desk: Desk, holder: Player
) -> None:
    zoe = desk.invite()
    holder.start("resend_invitation")
    with desk.database.write() as uow:
        Members(uow.transaction).change(zoe.id, status="active")
    holder.tap("Yes")
    assert len(desk.mails("activation")) == 1
    assert desk.mails("password_reset") == []
