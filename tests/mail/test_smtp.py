"""The way to the mail server, as an operator writes it."""

import asyncio

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from bot.mail.smtp import SmtpSettings


@pytest.mark.parametrize(
    ("url", "host", "port", "tls"),
    [
        ("smtp://mail.example", "mail.example", 25, False),
        ("smtp://mail.example:2525", "mail.example", 2525, False),
        ("smtp://me:secret@mail.example", "mail.example", 587, False),
        ("smtps://me:secret@mail.example", "mail.example", 465, True),
        ("smtp://[::1]:1025", "::1", 1025, False),
    ],
)
def test_a_url_says_where_and_how(url: str, host: str, port: int, *, tls: bool) -> None:
    settings = SmtpSettings.parse(url)
    assert (settings.host, settings.port, settings.tls) == (host, port, tls)


def test_user_and_password_may_hold_any_character() -> None:
    settings = SmtpSettings.parse("smtps://me%40example.com:p%40ss%3A%2F%20%C3%A9@mail.example")
    assert (settings.username, settings.password) == ("me@example.com", "p@ss:/ é")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "https://me:s3cret@mail.example",
        "smtp://me:s3cret@",
        "smtp://m:s3cret@h:x",
    ],
)
def test_a_wrong_url_is_refused_without_telling_the_password(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP URL") as caught:
        SmtpSettings.parse(url)
    assert "s3cret" not in str(caught.value)


def test_settings_shown_in_a_log_hide_the_password() -> None:
    shown = repr(SmtpSettings.parse("smtp://someone:s3cret@mail.example"))
    assert "s3cret" not in shown
    assert "someone" not in shown


def test_a_password_goes_over_the_network_only_encrypted() -> None:
    remote = SmtpSettings.parse("smtp://me:secret@mail.example").client()
    assert remote._start_tls_on_connect is True


def test_user_and_password_open_the_server() -> None:
    seen: list[object] = []

    def authenticate(*arguments: object) -> AuthResult:
        seen.append(arguments[-1])
        return AuthResult(success=True)

    async def knock() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(object(), loop=loop, auth_require_tls=False, authenticator=authenticate),
            "127.0.0.1",
            0,
        )
        port = server.sockets[0].getsockname()[1]
        async with server, SmtpSettings.parse(f"smtp://me:p%40ss@127.0.0.1:{port}").client():
            pass

    asyncio.run(knock())
    assert seen == [LoginPassword(b"me", b"p@ss")]
