import ssl
from typing import Any

import pytest

from summarizer.service.delivery.attempts import DeliveryError
from summarizer.service.delivery.mail import Mail, MailServer
from summarizer.settings.server import Email
from tests.service.delivery.servers import Inbox, free_port, knows, mail_server, script

LINES = b"Subject: x\r\n\r\n.begins with a dot\r\n..\r\n.\r\nends"
MAIL = Mail(LINES, "desk@example.org", "reader@example.org")
TO_OTHER = Mail(LINES, "desk@example.org", "other@example.org")
RIGHT = "the right one"
HELLO = (b"220 here", b"250 hello")


def asked(port: int, **other: Any) -> Email:  # noqa: ANN401 - any key
    return Email(**{"host": "127.0.0.1", "port": port, "security": "none"} | other)


def always() -> bool:
    return True


def failing(port: int, *, timeout_s: float = 20.0, **other: Any) -> DeliveryError:  # noqa: ANN401 - any key
    with (
        MailServer(asked(port, **other), timeout_s=timeout_s) as server,
        pytest.raises(DeliveryError) as caught,
    ):
        server.send(MAIL, always)
    return caught.value


def test_mail_arrives_byte_by_byte(inbox: Inbox) -> None:
    with MailServer(asked(inbox.port)) as server:
        assert server.send(MAIL, always)
    (taken,) = inbox.mails
    assert taken.content == LINES + b"\r\n"
    assert (taken.mail_from, taken.rcpt_tos) == (MAIL.sender, [MAIL.recipient])


def test_each_recipient_gets_a_mail_of_their_own(inbox: Inbox) -> None:
    with MailServer(asked(inbox.port)) as server:
        assert server.send(MAIL, always)
        assert server.send(TO_OTHER, always)
    assert [taken.rcpt_tos for taken in inbox.mails] == [
        ["reader@example.org"],
        ["other@example.org"],
    ]


def test_nothing_is_sent_when_somebody_else_has_begun(inbox: Inbox) -> None:
    with MailServer(asked(inbox.port)) as server:
        assert not server.send(MAIL, lambda: False)
        assert server.send(TO_OTHER, always)
    assert [taken.rcpt_tos for taken in inbox.mails] == [["other@example.org"]]


@pytest.mark.parametrize("step", ["MAIL", "reader@example.org", "DATA"])
@pytest.mark.parametrize(("answer", "fate"), [("550 no", "refused"), ("451 not now", "later")])
def test_answer_of_the_server_tells_whether_to_try_again(
    inbox: Inbox, step: str, answer: str, fate: str
) -> None:
    inbox.answers[step] = answer
    error = failing(inbox.port)
    assert error.fate == fate
    assert answer in str(error)
    assert inbox.mails == []


def test_a_refused_recipient_does_not_keep_the_mail_from_others(inbox: Inbox) -> None:
    inbox.answers["reader@example.org"] = "550 no such user"
    with MailServer(asked(inbox.port)) as server:
        with pytest.raises(DeliveryError, match="the recipient is not accepted: 550 no such user"):
            server.send(MAIL, always)
        assert server.send(TO_OTHER, always)
    assert len(inbox.mails) == 1


def test_connection_that_breaks_after_the_text_leaves_it_unknown(inbox: Inbox) -> None:
    inbox.breaks_after_data = True
    error = failing(inbox.port)
    assert error.fate == "unknown"
    assert "before it said whether it took the mail" in str(error)


def test_after_a_broken_connection_a_new_one_is_opened(inbox: Inbox) -> None:
    inbox.breaks_after_data = True
    with MailServer(asked(inbox.port)) as server:
        with pytest.raises(DeliveryError):
            server.send(MAIL, always)
        inbox.breaks_after_data = False
        assert server.send(TO_OTHER, always)


@pytest.mark.parametrize(
    "answers",
    [
        (None,),
        (*HELLO, None),
        (*HELLO, b"250 ok", None),
        (*HELLO, b"250 ok", b"250 ok", None),
        (b"554 go away",),
        (*HELLO, b"250 ok", b"250 ok", b"421 closing", None),
        (*HELLO, b"421 closing", None),
    ],
)
def test_before_the_text_was_sent_it_is_sent_later(answers: tuple[bytes | None, ...]) -> None:
    with script(*answers) as port:
        assert failing(port).fate == "later"


def test_refusal_of_the_text_before_it_was_sent_is_final() -> None:
    with script(*HELLO, b"250 ok", b"250 ok", b"554 no", b"250 ok", None) as port:
        assert failing(port).fate == "refused"


def test_slow_server_is_given_up_and_asked_later() -> None:
    with script(b"220 here") as port:
        error = failing(port, timeout_s=0.05)
    assert error.fate == "later"
    assert "timed out" in str(error)


def test_server_that_is_slow_to_take_a_mail_leaves_it_unknown() -> None:
    with script(*HELLO, b"250 ok", b"250 ok", b"354 go on") as port:
        assert failing(port, timeout_s=0.05).fate == "unknown"


def test_server_that_cannot_be_reached_is_asked_once_for_all_mails() -> None:
    with MailServer(asked(free_port())) as server:
        errors = []
        for mail in (MAIL, TO_OTHER):
            with pytest.raises(DeliveryError, match=r"check .email. in the settings") as caught:
                server.send(mail, always)
            errors.append(caught.value)
    assert errors[0] is errors[1]
    assert errors[0].fate == "later"


def test_without_a_server_the_setting_is_named() -> None:
    with (
        MailServer(Email()) as server,
        pytest.raises(
            DeliveryError, match=r"no mail server is named: check .email. in the settings"
        ),
    ):
        server.send(MAIL, always)


def test_certificate_of_a_server_is_checked(
    server_context: ssl.SSLContext, client_context: ssl.SSLContext
) -> None:
    with mail_server(tls_context=server_context) as inbox:
        wanted = asked(inbox.port, security="starttls")
        with MailServer(wanted, context=client_context) as server:
            assert server.send(MAIL, always)
        assert failing(inbox.port, security="starttls").fate == "later"
    assert len(inbox.mails) == 1


def test_tls_from_the_first_byte(
    server_context: ssl.SSLContext, client_context: ssl.SSLContext
) -> None:
    with (
        mail_server(ssl_context=server_context) as inbox,
        MailServer(asked(inbox.port, security="tls"), context=client_context) as server,
    ):
        assert server.send(MAIL, always)
    assert len(inbox.mails) == 1


def test_nothing_is_sent_in_the_clear_where_tls_is_asked_for(inbox: Inbox) -> None:
    error = failing(inbox.port, security="starttls", username="a", password="b")  # noqa: S106 - of nobody
    assert error.fate == "later"
    assert "STARTTLS" in str(error)
    assert inbox.mails == []


@pytest.mark.parametrize("password", [RIGHT, "wrong"])
def test_user_name_and_password_are_given(
    server_context: ssl.SSLContext, client_context: ssl.SSLContext, password: str
) -> None:
    options = {"authenticator": knows(b"desk", RIGHT.encode()), "auth_required": True}
    with mail_server(tls_context=server_context, **options) as inbox:
        wanted = asked(inbox.port, security="starttls", username="desk", password=password)
        with MailServer(wanted, context=client_context) as server:
            if password == RIGHT:
                assert server.send(MAIL, always)
            else:
                with pytest.raises(DeliveryError, match="user name and password") as caught:
                    server.send(MAIL, always)
                assert caught.value.fate == "later"
                assert "wrong" not in str(caught.value)
