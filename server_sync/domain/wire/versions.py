"""The numbers that both ends name in every request (SYNC V1), each with a dated line of history."""

# 1  2026-11-22  push, pull and live hints; pages as columns and rows; dossiers leave as a group.
# 2  2026-11-22  commits with tokens in every request and reply; sums and their comparison; a partition per device.
PROTOCOL = 2
OLDEST_PROTOCOL = 1

# 1  2026-11-22  the first tables.
# 2  2026-11-22  attachments, conflicts of a team, devices of a team.
# 3  2026-11-22  editions of responses, commitments, articles of the knowledge base.
# 4  2026-11-22  what planning goes by and leaves behind; contracts, events and consent; places and clocks of attempts.
SCHEMA = 4
OLDEST_SCHEMA = 3


def speaks(protocol: int, schema: int) -> bool:
    """Whether the server can answer a desk of these numbers: it speaks its own and the one before."""
    return OLDEST_PROTOCOL <= protocol <= PROTOCOL and OLDEST_SCHEMA <= schema <= SCHEMA
