"""Mail over real SMTP: the three kinds of security, signing in, what is refused, and a server that hangs."""

from email.utils import formatdate
from pathlib import Path

import pytest

from server_sync.channels.mail import SECURITY, Mail
from server_sync.channels.port import Message, NotSent
from server_sync.jobs.deliveries import Refusal
from tests.server_sync.channels.far_sides import HOST, hanging, mail_server, write_certificate
from tests.server_sync.organisation import NOW

MESSAGE = Message("0a" * 16, "agent@example.com", "回访提醒", "张*的“首访”尚未完成。", NOW)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mail") / "server.pem"
    write_certificate(path)
    return path


def mail(port: int, security: str, certificate: Path | None, password: str | None = None) -> Mail:
    user = "huifang" if password is not None else None
    pem = None if certificate is None else str(certificate)
    return Mail(HOST, port, "Huifang <noreply@example.com>", security, user, password, pem)


@pytest.mark.parametrize("security", SECURITY)
def test_a_mail_arrives_as_it_was_written_whatever_the_security(security: str, certificate: Path) -> None:
    with mail_server(security, certificate) as server:
        mail(server.port, security, certificate).send(MESSAGE)
    (got,) = server.mails
    assert got.get_payload(decode=True) == f"{MESSAGE.text}\r\n".encode()
    assert (got["To"], got["Message-ID"]) == (MESSAGE.address, f"<{MESSAGE.key}@example.com>")
    assert (got["Auto-Submitted"], got["Date"]) == ("auto-generated", formatdate(NOW / 1000))


def test_who_knows_the_password_may_send_and_nobody_else(certificate: Path) -> None:
    with mail_server("starttls", certificate, "right") as server:
        mail(server.port, "starttls", certificate, "right").send(MESSAGE)
        with pytest.raises(NotSent) as refused:
            mail(server.port, "starttls", certificate, "wrong").send(MESSAGE)
    assert (refused.value.refusal, refused.value.lasting) == (Refusal.SIGN_IN_REFUSED, False)
    assert len(server.mails) == 1


def test_nothing_is_said_to_a_server_that_nobody_vouches_for(certificate: Path) -> None:
    with mail_server("ssl", certificate) as server, pytest.raises(NotSent) as refused:
        mail(server.port, "ssl", None).send(MESSAGE)
    assert (refused.value.refusal, server.mails) == (Refusal.UNREACHABLE, [])


def test_a_password_is_not_sent_where_tls_is_not_to_be_had(certificate: Path) -> None:
    with mail_server("none", certificate, "right") as server, pytest.raises(NotSent) as refused:
        mail(server.port, "starttls", certificate, "right").send(MESSAGE)
    assert refused.value.refusal is Refusal.SIGN_IN_REFUSED


@pytest.mark.parametrize(("answer", "lasting"), [("554 no such mailbox", True), ("451 try later", False)])
def test_a_mail_that_is_refused_is_tried_again_only_where_that_may_help(
    certificate: Path, answer: str, lasting: bool
) -> None:
    with mail_server("none", certificate) as server:
        server.answer = answer
        with pytest.raises(NotSent) as refused:
            mail(server.port, "none", None).send(MESSAGE)
    assert (refused.value.refusal, refused.value.lasting) == (Refusal.REFUSED, lasting)


@pytest.mark.parametrize("drip", [b"", b"220-"])
def test_a_server_that_hangs_or_drips_is_left_in_time(drip: bytes) -> None:
    with hanging(drip) as port, pytest.raises(NotSent) as refused:
        Mail(HOST, port, "noreply@example.com", "none", seconds=0.2).send(MESSAGE)
    assert refused.value.refusal is Refusal.TIMED_OUT


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with hanging() as port:
        pass
    with pytest.raises(NotSent) as refused:
        mail(port, "none", None).send(MESSAGE)
    assert refused.value.refusal is Refusal.UNREACHABLE
