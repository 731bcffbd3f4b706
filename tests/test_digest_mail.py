"""The digest by mail: one letter a digest, its words in text and HTML, and the password nowhere but on the wire."""

from __future__ import annotations

import email
import email.policy
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from summarizer.digest import Config, Outcome, run_digest
from summarizer.digest.config import parse_config
from summarizer.errors import SettingError

from .conftest import ScriptedServer
from .newsroom import MORNING, configured, ferry_story, scripted_model

PASSWORD = "correct horse battery"


@dataclass
class Postbox:
    """What the server took; `refused` are recipients that it does not know."""

    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    down: bool = False

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.refused:
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.down:
            return "451 later, please"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 taken"

    def login(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        good = data.password.decode() == PASSWORD
        return AuthResult(success=good, handled=good)


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def sink(postbox: Postbox) -> Iterator[Controller]:
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "1.txt").write_text(f"publisher: Harbour Wire\npublished: 2024-05-15\n\n{ferry_story(4)}")
    return folder


def free_port() -> int:
    """A port that nobody listens on; the controller cannot choose one by itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_of(sink: Controller) -> int:
    return int(sink.port)


def mailed(tmp_path: Path, model: ScriptedServer, port: int, **mail: Any) -> Config:
    model.script = scripted_model
    letter = {
        "host": "127.0.0.1",
        "port": port,
        "from": "Digest <digest@news.example>",
        "to": ["a@x.example", "b@x.example"],
    }
    source = {"kind": "folder", "path": str(tmp_path / "drop")}
    return configured(tmp_path, model.url, source, mail=letter | {"security": "none"} | mail)


def run(config: Config, days: float = 0) -> Outcome:
    return run_digest(config, clock=lambda: MORNING + timedelta(days=days))


@pytest.mark.usefixtures("drop")
def test_one_letter_tells_the_digest(
    postbox: Postbox, sink: Controller, server: ScriptedServer, tmp_path: Path
) -> None:
    """Both recipients get one letter with the text, the page, a date and an id; nothing new sends no letter."""
    config = mailed(tmp_path, server, port_of(sink))
    assert run(config).mailed == 1
    assert run(config, 1).mailed == 0
    (letter,) = postbox.letters
    assert postbox.recipients == [["a@x.example", "b@x.example"]]
    assert letter["Subject"] == "Incidents: 1 new incident; from 1 new article."
    assert letter["Message-ID"].startswith("<digest-1.")
    text, page = (letter.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    assert "NEW  Fire at Port Alder, 14 May 2024: 4 killed" in text.get_content()
    assert "<h3>Fire at Port Alder" in page.get_content()


@pytest.mark.usefixtures("drop")
def test_a_letter_that_was_not_taken_is_sent_by_the_next_run(
    postbox: Postbox, sink: Controller, server: ScriptedServer, tmp_path: Path
) -> None:
    """A mail server that is down costs no digest: the files are there, the letter follows, the same."""
    config = mailed(tmp_path, server, port_of(sink))
    postbox.down = True
    outcome = run(config)
    assert outcome.files
    (trouble,) = outcome.troubles
    assert "the server answered 451" in trouble.message
    postbox.down = False
    assert run(config, 1).mailed == 1
    (letter,) = postbox.letters
    assert "15 May 2024" in letter["Date"]


@pytest.mark.usefixtures("drop")
def test_a_recipient_that_is_refused_costs_no_other(
    postbox: Postbox, sink: Controller, server: ScriptedServer, tmp_path: Path
) -> None:
    """The others get the letter, once; the refused one is told."""
    config = mailed(tmp_path, server, port_of(sink))
    postbox.refused = {"a@x.example"}
    (trouble,) = run(config).troubles
    assert "a@x.example" in trouble.message
    assert run(config, 1).troubles == []
    assert postbox.recipients == [["b@x.example"]]


@pytest.fixture
def secure_sink(postbox: Postbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Controller]:
    """A server that wants STARTTLS and a login, with a certificate that the environment trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the server's certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    controller = Controller(
        postbox, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True, auth_required=True,
        authenticator=postbox.login,
    )  # fmt: skip
    controller.start()
    yield controller
    controller.stop()


@pytest.mark.usefixtures("drop")
def test_the_password_comes_from_the_environment_and_goes_nowhere_else(
    postbox: Postbox, secure_sink: Controller, server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is sent by STARTTLS alone; no file, no message and no error holds it, even when the login fails."""
    config = mailed(tmp_path, server, port_of(secure_sink), security="starttls", username="digest")
    config = config.model_copy(update={"log": tmp_path / "log.jsonl"})
    with pytest.raises(SettingError, match="SUMMARIZER_SMTP_PASSWORD"):
        run(config)
    assert server.requests == []  # told before anything is done
    monkeypatch.setenv("SUMMARIZER_SMTP_PASSWORD", "wrong " + PASSWORD)
    (trouble,) = run(config).troubles
    assert "the server answered 535" in trouble.message
    assert PASSWORD not in repr(trouble)
    monkeypatch.setenv("SUMMARIZER_SMTP_PASSWORD", PASSWORD)
    assert run(config, 1).mailed == 1
    assert postbox.logins[-1] == ("digest", PASSWORD)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in kept if PASSWORD.encode() in path.read_bytes()]


def test_a_password_is_never_sent_uncovered() -> None:
    """A user name without TLS is refused when the configuration is read."""
    mail = {"host": "h", "from": "a@b.c", "to": ["d@e.f"], "username": "u", "security": "none"}
    with pytest.raises(SettingError, match="never sent uncovered"):
        parse_config({"sources": [{"kind": "folder", "path": "x"}], "mail": mail})
