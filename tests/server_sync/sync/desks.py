"""A desk as the server sees it: it pushes commands and keeps what it pulls, by the rules of the wire alone."""

from dataclasses import dataclass, field
from typing import Any

from server_sync.domain.commands import Actor, Command
from server_sync.domain.model import TABLES
from server_sync.domain.wire import versions
from server_sync.domain.wire.codec import decode, encode, encode_arguments
from server_sync.domain.wire.messages import Mutation, PullReply, PullRequest, PushReply, PushRequest
from server_sync.store.database import Database
from server_sync.sync.pull import PAGE_BYTES, PAGE_ROWS, pull
from server_sync.sync.push import push
from tests.server_sync.organisation import NOW

NUMBERS: dict[str, Any] = {"protocol": versions.PROTOCOL, "schema": versions.SCHEMA}


@dataclass
class Desk:
    """One device of one person."""

    database: Database
    actor: Actor
    device: bytes
    epoch: bytes | None = None
    cursor: dict[str, int] = field(default_factory=dict)
    rows: dict[tuple[str, bytes], dict[str, Any]] = field(default_factory=dict)
    held: set[tuple[str, bytes]] = field(default_factory=set)
    last_mid: int = 0
    protocol: int = versions.PROTOCOL

    def mutation(self, command: Command) -> Mutation:
        """A command under the next `mid`."""
        self.last_mid += 1
        return Mutation(mid=self.last_mid, command=command.name, args=encode_arguments(command), at=NOW)

    def push(self, *mutations: Mutation, now: int = NOW, sent_at: int | None = None) -> PushReply:
        """Send mutations through the codec and back."""
        sent = list(mutations)
        request = PushRequest(**NUMBERS, device=self.device, request=1, mutations=sent, sent_at=sent_at)
        reply = push(self.database, self.actor, self.device, decode(encode(request), PushRequest), now)
        return decode(encode(reply), PushReply)

    def do(self, *commands: Command, now: int = NOW) -> list[str]:
        """Push commands; returns for each its status, or why it was rejected."""
        reply = self.push(*(self.mutation(command) for command in commands), now=now)
        return [result.kind or result.status for result in reply.results]

    def page(self, now: int = NOW, page_rows: int = PAGE_ROWS, page_bytes: int = PAGE_BYTES) -> PullReply:
        """Pull one page and apply it."""
        numbers = {**NUMBERS, "protocol": self.protocol}
        request = PullRequest(**numbers, device=self.device, request=1, epoch=self.epoch, cursor=self.cursor)
        with self.database.read() as connection:
            sent = pull(connection, self.actor, self.device, request, now, page_rows, page_bytes)
        reply = decode(encode(sent), PullReply)
        self._apply(reply)
        return reply

    def pull(self, page_rows: int = PAGE_ROWS, page_bytes: int = PAGE_BYTES) -> list[PullReply]:
        """Pull to the head."""
        pages = [self.page(page_rows=page_rows, page_bytes=page_bytes)]
        while pages[-1].more:
            pages.append(self.page(page_rows=page_rows, page_bytes=page_bytes))
        return pages

    def has(self, table: str) -> set[bytes]:
        """The ids that this desk holds of a table."""
        return {row_id for name, row_id in self.rows if name == table}

    def _apply(self, reply: PullReply) -> None:
        left = {customer for partition, customer in self.held if partition in reply.lost}
        self.held = {pair for pair in self.held if pair[0] not in reply.lost}
        for removed in reply.removed:
            left |= set(removed.customers)
            self.held -= {(removed.partition, customer) for customer in removed.customers}
            for table, ids in removed.rows.items():
                for row_id in ids:
                    self.rows.pop((table, row_id), None)
        for held in reply.held:
            self.held |= {(held.partition, customer) for customer in held.customers}
        left -= {customer for _, customer in self.held}
        for name, row_id in list(self.rows):
            row = self.rows[name, row_id]
            if "ref" in reply.lost or (row_id if name == "customer" else row.get("customer_id")) in left:
                del self.rows[name, row_id]
        for name, page in reply.tables.items():
            assert page.columns == [column.name for column in TABLES[name].columns]
            for values in page.rows:
                row = dict(zip(page.columns, values, strict=True))
                self.rows[name, row["id"]] = row
        self.cursor, self.epoch = reply.cursor, reply.epoch
