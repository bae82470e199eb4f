"""What is looked at after every step of a desk: that its cursor never goes back, that no edit that is still on its way
flickers, and which edits it has promised to keep."""

from agent_app.store import runner
from agent_app.store.rows import StoreRows
from agent_app.sync import guards
from server_sync.domain.commands import Accepted, AddAttachment, Decision
from server_sync.domain.errors import KnownError
from server_sync.domain.wire.codec import arguments_hash, decode_command
from tests.convergence.crude import ChokedOn
from tests.convergence.desk_site import DeskSite
from tests.convergence.ledger import FINISH, Edit, Key, Ledger, Violated
from tests.convergence.server_site import ServerSite
from tests.convergence.timeline import Timeline


class Watch:
    """Looks at the desks' stores; raises Violated."""

    def __init__(self, ledger: Ledger, timeline: Timeline) -> None:
        self._ledger = ledger
        self._timeline = timeline
        self._changes: dict[str, int] = {}
        self._cursors: dict[str, dict[str, int]] = {}
        self._held: dict[str, int] = {}

    def after_step(self, site: DeskSite) -> None:
        """A step of this desk's program is over."""
        total = site.memory.raw.total_changes
        if self._changes.get(site.name) == total:
            return
        self._changes[site.name] = total
        outbox = site.memory.rows("SELECT mid, command, args, state FROM outbox ORDER BY mid")
        for edit in self._ledger.saved(site.name, [row[:3] for row in outbox]):
            self._timeline.note(f"  saved: {edit}")
        sql = "SELECT command, args FROM conflict WHERE settled_at IS NOT NULL"
        for command, args in site.memory.rows(sql):
            self._ledger.edits[arguments_hash(command, args)].put_away = True
        self._check_emptied(site)
        self._check_cursor(site)
        waiting = [
            self._ledger.edits[arguments_hash(command, args)]
            for _, command, args, state in outbox
            if state == "pending" or (state == "acknowledged" and not site.engine.midway)
        ]
        for edit in waiting:
            self._check_shown(site, edit)
        if site.with_files:
            self._check_files(site)

    def after_event(self, server: ServerSite) -> None:
        """Something happened: did the server's code fail at it?"""
        failures = [one for one in server.failures if not isinstance(one, ChokedOn)]
        if failures:
            raise Violated("the server never fails at what a desk sends", repr(failures[0]))

    def forget(self, site: DeskSite) -> None:
        """The desk's store was set back."""
        self._cursors.pop(site.name, None)
        self._changes.pop(site.name, None)
        self._held.pop(site.name, None)

    def keys_at(self, site: DeskSite) -> set[Key]:
        """The edits that a desk has, in its outbox or among its conflicts."""
        sql = "SELECT command, args FROM outbox UNION SELECT command, args FROM conflict"
        return {arguments_hash(command, args) for command, args in site.memory.rows(sql)}

    def conflicts_at(self, site: DeskSite) -> set[Key]:
        """The edits that came to a desk's conflicts and were not sent again from there."""
        sql = "SELECT command, args FROM conflict EXCEPT SELECT command, args FROM outbox"
        return {arguments_hash(command, args) for command, args in site.memory.rows(sql)}

    def _check_emptied(self, site: DeskSite) -> None:
        """Before the cursors are looked at: that most of a desk goes only with a partition, or when a person lets it
        (SYNC L5)."""
        [(held,)] = site.memory.rows("SELECT count(DISTINCT customer_id) FROM held")
        before = self._held.get(site.name, 0)
        self._held[site.name] = held
        gone = before - held
        if gone <= guards.REMOVAL_ROWS or gone <= before * guards.REMOVAL_SHARE:
            return
        left = {row[0] for row in site.memory.rows("SELECT partition FROM cursor")}
        if not (site.agreed or site.damaged or self._cursors.get(site.name, {}).keys() - left):
            raise Violated("most of a desk goes only when it is let", f"{gone} of {before} at {site.name}")

    def _check_cursor(self, site: DeskSite) -> None:
        before = self._cursors.get(site.name, {})
        # Of a store of schema 1 nobody knows which history it follows.
        now = dict(site.memory.rows("SELECT partition, seq FROM cursor WHERE seq > 0 AND token IS NOT NULL"))
        back = [name for name, seq in now.items() if seq < before.get(name, 0)]
        if back:
            what = f"{site.name}: {back[0]} from {before[back[0]]} to {now[back[0]]}"
            raise Violated("the cursor never goes back within one epoch", what)
        self._cursors[site.name] = now

    def _check_shown(self, site: DeskSite, edit: Edit) -> None:
        """An edit that still holds on this desk is to be seen there, whatever is applied below it."""
        if edit.own_row is None:
            return
        table, row_id = edit.own_row
        shown = " AND disposition IS NOT NULL" if edit.command == FINISH else ""
        if site.memory.rows(f'SELECT 1 FROM "{table}" WHERE id = ?{shown}', (row_id,)):
            return
        try:
            command = decode_command(edit.command, edit.args)
        except KnownError:
            return
        with site.store.read() as connection:
            actor = runner.as_known(connection, site.actor())
            decision = command.decide(StoreRows(connection), actor, site.clock.now())
        if isinstance(decision, Accepted) and _holds_in_its_turn(site, edit):
            raise Violated("a pending edit never flickers", f"{edit} holds at {site.name}, but is not shown")

    def _check_files(self, site: DeskSite) -> None:
        """While it is not known to be taken up that a file is attached, its bytes are on the desk (SYNC F1)."""
        sql = (
            "SELECT args FROM outbox WHERE command = ?1 AND state = 'pending'"
            " UNION SELECT args FROM conflict WHERE command = ?1 AND settled_at IS NULL"
        )
        waiting = [
            self._ledger.edits[arguments_hash(AddAttachment.name, args)]
            for (args,) in site.memory.rows(sql, (AddAttachment.name,))
        ]
        if not waiting:
            return
        names = dict(site.memory.rows("SELECT attachment_id, name FROM attachment_file"))
        there = site.files.names()
        for edit in waiting:
            # Sent again after a server was restored, its file may have left with its dossier, or was taken back.
            if edit.key in self._ledger.taken_up or edit.own_row is None:
                continue
            if names.get(edit.own_row[1]) not in there:
                raise Violated("no file lost", f"{site.name} has no bytes of {edit}")


class _Undone(Exception):
    """What was tried is taken back."""


def _holds_in_its_turn(site: DeskSite, edit: Edit) -> bool:
    """Decided on the server's rows after those before it: what was recorded later does not count."""
    decisions: list[Decision] = []
    before = "SELECT command, args FROM outbox WHERE state IN ('pending', 'acknowledged') ORDER BY mid"
    edits = site.memory.rows(before)
    place = next(at for at, one in enumerate(edits) if arguments_hash(*one) == edit.key)
    commands = [decode_command(*one) for one in edits[: place + 1]]
    try:
        with site.store.write() as connection:
            runner.restore_base(connection)
            decisions = runner.run(connection, commands, site.actor(), site.clock.now())
            raise _Undone
    except _Undone:
        return isinstance(decisions[-1], Accepted)
