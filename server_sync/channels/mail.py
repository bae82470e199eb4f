"""Mail by SMTP (RFC 5321), with TLS from the start or by STARTTLS, signed in or not."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate

from server_sync.channels.cut_off import cut_off
from server_sync.channels.port import CONNECT_SECONDS, SECONDS, Message, NotSent
from server_sync.domain.clock import SECOND
from server_sync.jobs.deliveries import Refusal

SECURITY = ("starttls", "ssl", "none")
_LASTING = 500


class _Plain(smtplib.SMTP):
    """A connection that can be cut off while its greeting drips: it is in `opened` before it connects."""

    def __init__(self, opened: list[smtplib.SMTP], host: str, port: int) -> None:
        opened.append(self)
        super().__init__(host, port, timeout=CONNECT_SECONDS)


class _Sealed(smtplib.SMTP_SSL):
    """The same with TLS from the start."""

    def __init__(self, opened: list[smtplib.SMTP], host: str, port: int, trust: ssl.SSLContext) -> None:
        opened.append(self)
        super().__init__(host, port, timeout=CONNECT_SECONDS, context=trust)


@dataclass(frozen=True)
class Mail:
    """`security`: one of SECURITY; `certificate`: a PEM file of who vouches for the server, None for the system's."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str | None = None
    password: str | None = None
    certificate: str | None = None
    seconds: float = SECONDS

    def send(self, message: Message) -> None:
        """Hand a mail over. Raises NotSent."""
        opened: list[smtplib.SMTP] = []
        try:
            with cut_off(self.seconds, lambda: opened[0].sock if opened else None):
                self._hand_over(self._connection(opened), message)
        except TimeoutError as error:
            raise NotSent(Refusal.TIMED_OUT) from error
        except smtplib.SMTPAuthenticationError as error:
            raise NotSent(Refusal.SIGN_IN_REFUSED) from error
        except smtplib.SMTPRecipientsRefused as error:
            lasting = all(code >= _LASTING for code, _ in error.recipients.values())
            raise NotSent(Refusal.REFUSED, lasting=lasting) from error
        except smtplib.SMTPResponseException as error:
            raise NotSent(Refusal.REFUSED, lasting=error.smtp_code >= _LASTING) from error
        except smtplib.SMTPNotSupportedError as error:  # no STARTTLS, no way to sign in: not without it
            raise NotSent(Refusal.SIGN_IN_REFUSED) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(Refusal.UNREACHABLE) from error

    def _connection(self, opened: list[smtplib.SMTP]) -> smtplib.SMTP:
        if self.security == "ssl":
            return _Sealed(opened, self.host, self.port, self._trust())
        return _Plain(opened, self.host, self.port)

    def _hand_over(self, smtp: smtplib.SMTP, message: Message) -> None:
        with smtp:
            if self.security == "starttls":
                smtp.starttls(context=self._trust())
            if self.user is not None:
                smtp.login(self.user, self.password or "")
            smtp.send_message(self._written(message))

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.certificate)

    def _written(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self.sender
        mail["To"] = message.address
        mail["Subject"] = message.subject
        mail["Date"] = formatdate(message.at / SECOND)
        mail["Message-ID"] = f"<{message.key}@{self.sender.rpartition('@')[2].rstrip('>')}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        return mail
