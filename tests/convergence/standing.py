"""How far a desk is from being in step, by its own store and what the server has for it."""

from agent_app.ports import SealedFiles
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import PullReply
from tests.convergence.memory import Memory

_FOLLOWED = """
    SELECT p.name, p.head FROM partition AS p
    WHERE p.scope = 'ref' OR p.subject IN (?, ?) OR p.scope = 'team' AND EXISTS (
        SELECT 1 FROM person AS one WHERE one.id = ? AND (one.role = 'administrator'
        OR one.role = 'supervisor' AND one.team_id = p.subject))"""
# What waits for a person to deal with its refused row goes nowhere.
_MOVING = """
    SELECT f.customer_id, f.attachment_id FROM attachment_file AS f WHERE f.state = 'fetching'
    OR f.state = 'sending' AND NOT (f.attachment_id NOT IN (SELECT id FROM attachment) AND EXISTS (
        SELECT 1 FROM conflict AS c WHERE c.command = 'add_attachment@1' AND instr(c.args, f.attachment_id)
        AND c.settled_at IS NULL))"""
# Another replica is being put together, or the program has yet to see that it knows more than the one before.
_TO_BE_FETCHED = """
    SELECT 1 FROM desk_state WHERE key = 'staging' AND value = 'true'
    OR key = 'passed_over_under' AND CAST(value AS INTEGER) < CAST(? AS INTEGER)"""
# Nobody speaks of it any more: it goes when the server says that it does not know it.
_NOBODYS = """
    SELECT 1 FROM attachment_file AS f WHERE f.state = 'sending'
    AND f.attachment_id NOT IN (SELECT id FROM attachment) AND NOT EXISTS (SELECT 1 FROM outbox AS o
    WHERE o.command = 'add_attachment@1' AND instr(o.args, f.attachment_id)) AND NOT EXISTS (
        SELECT 1 FROM conflict AS c WHERE c.command = 'add_attachment@1' AND instr(c.args, f.attachment_id)
        AND c.settled_at IS NULL)"""
_WANTED = """
    SELECT 1 FROM customer WHERE id = ?
    AND NOT EXISTS (SELECT 1 FROM attachment WHERE id = ? AND state = 'removed')"""


def followed(server: Memory, person_id: bytes, device: bytes) -> dict[str, int]:
    """The partitions that a person may follow on a device, with their heads."""
    return dict(server.rows(_FOLLOWED, (person_id, device, person_id)))


def lacking(desk: Memory, server: Memory, heads: dict[str, int], files: SealedFiles | None) -> str:
    """Why a desk is not in step, "" when it is; `files`: those on its disk, where they are looked at. Of a customer who
    was deleted, or taken back elsewhere after the dossier left, a file stays unsent as long as its edit is kept (SYNC
    P6)."""
    [(pending,)] = desk.rows("SELECT count(*) FROM outbox WHERE state <> 'kept'")
    if pending:
        return f"{pending} edits wait"
    if desk.rows(_TO_BE_FETCHED, (str(versions.SCHEMA),)):
        return "all is to be fetched anew"
    there = {name: head for name, head in heads.items() if head}
    here = dict(desk.rows("SELECT partition, seq FROM cursor WHERE seq > 0"))
    if here != there:
        return f"stands at {sorted(here.items())} of {sorted(there.items())}"
    if files is None:
        return ""
    moving = [row for row in desk.rows(_MOVING) if server.rows(_WANTED, row)] + desk.rows(_NOBODYS)
    if moving:
        return f"{len(moving)} files are on their way"
    names = {row[0] for row in desk.rows("SELECT name FROM attachment_file")}
    return "files are left over" if files.names() - names else ""


def ends_staging(desk: Memory, reply: object) -> bool:
    """Whether a reply is the last page that a replica waits for, to take the place of the one in use (SYNC L4)."""
    if not isinstance(reply, PullReply) or reply.more:
        return False
    return bool(desk.rows("SELECT 1 FROM desk_state WHERE key = 'staging' AND value = 'true'"))
