"""Mailing: a digest as one letter, by SMTP.  The password is read from the environment just then, and kept nowhere."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from summarizer.errors import MailError, SettingError

from .config import Mail

_LONGEST_SUBJECT = 180


@dataclass(frozen=True)
class Letter:
    """What is sent.  `id` is the same however often it is sent, so that mailboxes can tell repetitions."""

    id: str
    subject: str
    made: datetime
    text: str
    html: str


def send(letter: Letter, mail: Mail) -> list[str]:
    """Send a letter to all recipients; those that the server refused, where it took it for others.

    Raises SettingError where the password is missing, MailError where the server cannot be reached or refuses; neither
    holds the password.
    """
    password = check_password(mail)
    try:
        with _connected(mail) as server:
            if mail.username is not None and password is not None:
                server.login(mail.username, password)
            return sorted(server.send_message(message(letter, mail)))
    except (smtplib.SMTPException, OSError) as wrong:
        reason = _reason(wrong)
        raise MailError(
            f"mail by {mail.host}:{mail.port} failed ({reason}); the digest is written, the next run sends it again",
            subject=mail.host,
        ) from None  # the error of a failed login may hold what was sent


def check_password(mail: Mail) -> str | None:
    """The password, where one is needed.  Raises SettingError where it is missing."""
    if mail.username is None:
        return None
    password = os.environ.get(mail.password_env)
    if not password:
        raise SettingError(
            f"mail: the password is missing; put it into the environment variable {mail.password_env}",
            subject=mail.password_env,
        )
    return password


def message(letter: Letter, mail: Mail) -> EmailMessage:
    """The letter with its headers; text first, the same as HTML beside it."""
    made = EmailMessage()
    made["Subject"] = " ".join(letter.subject.split())[:_LONGEST_SUBJECT]
    made["From"] = mail.sender
    made["To"] = ", ".join(mail.to)
    made["Date"] = format_datetime(letter.made)
    made["Message-ID"] = f"<{letter.id}@{parseaddr(mail.sender)[1].rpartition('@')[2] or 'localhost'}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text)
    made.add_alternative(letter.html, subtype="html")
    return made


def _connected(mail: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=mail.timeout_seconds, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=mail.timeout_seconds)
    if mail.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _reason(wrong: Exception) -> str:
    if isinstance(wrong, smtplib.SMTPResponseException):
        return f"the server answered {wrong.smtp_code}"
    if isinstance(wrong, OSError) and wrong.strerror:
        return wrong.strerror
    return type(wrong).__name__
