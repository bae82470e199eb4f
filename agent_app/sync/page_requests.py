"""What a page says of the next request for one: which it is, and whether another asks for the same."""

from msgspec import structs

from server_sync.domain.wire.messages import PullReply, PullRequest


def after(request: PullRequest, reply: PullReply, number: int) -> PullRequest:
    """What is to be asked for once this page is applied."""
    cursor = {name: seq for name, seq in reply.cursor.items() if seq > 0}
    fresh = fresh_after(request.fresh, reply)
    return structs.replace(request, request=number, epoch=reply.epoch, cursor=cursor, fresh=fresh)


def fresh_after(known: list[str], reply: PullReply) -> list[str]:
    """The partitions that a desk has only begun to follow, after this page."""
    return sorted({*known, *reply.gained} - {*reply.lost}) if reply.more else []


def same(one: PullRequest, other: PullRequest) -> bool:
    """Whether they ask for the same page; of the history one may say less, which is true all the same."""
    return (one.epoch, one.cursor, one.fresh) == (other.epoch, other.cursor, other.fresh)
