"""How much one request, one desk and all of them together may take; who exceeds a limit hears the error's kind."""

# A push of 10,000 edits has 3 MB; a desk splits what is more. Counted: the bytes that arrive, and what they unfold to.
SYNC_BODY_BYTES = 8 << 20
SYNC_UNPACKED_BYTES = 32 << 20
JSON_BODY_BYTES = 16 << 10
# A cursor has a line of 50 bytes for each team that an administrator sees.
PULL_BODY_BYTES = 256 << 10

# One piece of an attachment; what is read of one at once for who fetches it.
PIECE_BYTES = 1 << 20
READ_BYTES = 256 << 10

# What a zstd frame may ask us to keep in memory while it unfolds.
ZSTD_WINDOW_BYTES = 8 << 20

# A body has to arrive within this time: a desk on a bad line sends 8 MB in it at 140 kB/s.
BODY_SECONDS = 60
JSON_BODY_SECONDS = 10

# So much of a refused body is heard and thrown away, so that its sender hears why.
REFUSED_BYTES = 4 * SYNC_BODY_BYTES
REFUSED_SECONDS = 10

# Requests at work at one time, live streams aside; more are asked to come back (a desk backs off).
REQUESTS_AT_ONCE = 400
# Those who sign in have places of their own: strangers who keep the door busy hold up nobody who is in.
SIGN_INS_AT_ONCE = 100
RETRY_AFTER_SECONDS = 5

# Threads that wait for the writer, and for the reader.
PUSHES_AT_ONCE = 8
PULLS_AT_ONCE = 16
# Threads at the disk for attachments: they never keep a push or a pull waiting.
TRANSFERS_AT_ONCE = 8
# Threads that wait for ready files; those who ask for the same one wait for one maker. What is read of one at once.
MAKINGS_AT_ONCE = 4
READY_READ_BYTES = 1 << 20
# Forms that are checked at one time, each in a process of its own.
CHECKS_AT_ONCE = 2
# Plans and audiences that are counted at one time: each may look at every customer.
PREVIEWS_AT_ONCE = 2
# Shorter than the patience of desks (60 s), even for who waits for two others'.
PREVIEW_SECONDS = 15.0
# argon2id takes 19 MiB and 50 ms of a core each.
PASSWORDS_AT_ONCE = 4

# Open connections; beyond them nobody is even heard.
CONNECTIONS = 8_000
# With the database's files and connections; a system that allows fewer has the last word.
OPEN_FILES = CONNECTIONS + 500

# Live streams: one a device, a newer one ends the older.
LIVE_STREAMS = 4_000
# Shorter than the patience of desks (60 s) and of most proxies.
HEARTBEAT_SECONDS = 20.0
# How long a stream may outlive the right to it; it names what moved, and what that is comes by a pull.
RIGHTS_SECONDS = 10.0

# Replies below this are not worth compressing.
COMPRESS_FROM_BYTES = 600
