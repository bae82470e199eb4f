"""How large a file may be before it is refused; chosen so that 100,000 rows of 40 columns pass with room to spare."""

MAX_FILE_BYTES = 100 * 2**20
MAX_UNPACKED_BYTES = 1_000 * 2**20
"""All members of an .xlsx together: 100,000 rows of 40 columns unpack to about 250 MB."""
MAX_MEMBERS = 2_000
MAX_RATIO = 300
"""Unpacked to packed size of a member over 16 MB; real sheets stay below 60."""
MAX_ROWS = 300_000
MAX_COLUMNS = 500
MAX_CELLS = 12_000_000
MAX_TEXT = 4_000
"""Characters of one cell that are kept; a longer cell refuses its row."""
PARSE_SECONDS = 60
PARSE_MEMORY_BYTES = 1_536 * 2**20
"""Address space of the parsing child; 100,000 rows of 40 texts need half of it."""
