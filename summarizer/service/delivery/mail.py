"""Hand mails to a mail server, each once: what it may have taken is not sent again.

A server takes a mail with its answer to the end of the mail's text (RFC 5321, section 4.2.5). When
the connection breaks between the two, nobody can tell; before, nothing was sent.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from summarizer.render.safety import one_line, printable
from summarizer.service.delivery.attempts import DeliveryError
from summarizer.settings.server import Email

TIMEOUT_S = 20.0  # of each step

_MAX_ANSWER_CHARS = 200
_GO_ON = 354
_PERMANENT = range(500, 600)
_FAREWELL = 421  # the server is closing the connection


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail and between whom it goes."""

    content: bytes  # lines end in CRLF
    sender: str  # addresses
    recipient: str


class MailServer:
    """The mail server of the settings; one connection serves for many mails.

    Once it cannot be reached, that stands until the end: nobody waits for it once for each mail.

    Args:
        settings: where it is.
        timeout_s: of each step.
        context: which certificates are believed; None: those the system believes.
    """

    def __init__(
        self,
        settings: Email,
        *,
        timeout_s: float = TIMEOUT_S,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._timeout_s = timeout_s
        self._context = context
        self._smtp: smtplib.SMTP | None = None
        self._trouble: DeliveryError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except OSError:  # it has gone without
                self._smtp.close()

    def send(self, mail: Mail, begin: Callable[[], bool]) -> bool:
        """Send one mail; False when `begin` said that somebody else does.

        Args:
            mail: what to send.
            begin: called when all is agreed on but nothing sent: from here on, the server may
                have taken the mail.

        Raises:
            DeliveryError: the server refuses it, or cannot take it now, or nobody knows.
        """
        smtp = self._connected()
        try:
            self._check(smtp.mail(mail.sender), "the sender")
            self._check(smtp.rcpt(mail.recipient), "the recipient")
        except OSError as error:
            self._hang_up()
            raise DeliveryError(f"{self._where}: {_reason(error)}", "later") from error
        if not begin():
            self._forget()
            return False
        try:
            return self._hand_over(smtp, mail.content)
        except OSError as error:
            self._hang_up()
            why = "the connection broke before it said whether it took the mail"
            raise DeliveryError(f"{self._where}: {why}", "unknown") from error

    def _hand_over(self, smtp: smtplib.SMTP, content: bytes) -> bool:
        try:
            answer = smtp.docmd("DATA")
        except OSError as error:
            self._hang_up()
            raise DeliveryError(f"{self._where}: {_reason(error)}", "later") from error
        if answer[0] != _GO_ON:
            self._check(answer, "the mail", wanted=_GO_ON)
        ended = content if content.endswith(b"\r\n") else content + b"\r\n"
        smtp.send(re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n")
        self._check(smtp.getreply(), "the mail")
        return True

    def _connected(self) -> smtplib.SMTP:
        if self._trouble is not None:
            raise self._trouble
        if self._smtp is None:
            try:
                self._smtp = self._connect()
            except (OSError, UnicodeError) as error:
                why = f"{self._where}: {_reason(error)}: check [email] in the settings"
                self._trouble = DeliveryError(why, "later")
                raise self._trouble from error
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        asked = self._settings
        if not asked.host:
            raise OSError("no mail server is named")
        context = self._context or ssl.create_default_context()
        if asked.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                asked.host, asked.port, timeout=self._timeout_s, context=context
            )
        else:
            smtp = smtplib.SMTP(asked.host, asked.port, timeout=self._timeout_s)
        try:
            if asked.security == "starttls":
                smtp.starttls(context=context)
            if asked.username is not None and asked.password is not None:
                smtp.login(asked.username, asked.password.get_secret_value())
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _check(self, answer: tuple[int, bytes], what: str, *, wanted: int | None = None) -> None:
        """Raise unless the answer is yes; forget the mail, so that another may follow."""
        code, words = answer
        if code == wanted or (wanted is None and code // 100 == 2):  # noqa: PLR2004 - success
            return
        self._hang_up() if code == _FAREWELL else self._forget()
        said = one_line(printable(words.decode(errors="replace")))[:_MAX_ANSWER_CHARS]
        why = f"{self._where}: {what} is not accepted: {code} {said}"
        raise DeliveryError(why, "refused" if code in _PERMANENT else "later")

    def _forget(self) -> None:
        try:
            assert self._smtp is not None
            self._smtp.rset()
        except OSError:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    @property
    def _where(self) -> str:
        return f"mail server {self._settings.host}:{self._settings.port}"


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it does not accept the user name and password ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answers {error.smtp_code}"
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    return one_line(printable(str(error)))[:_MAX_ANSWER_CHARS] or type(error).__name__
