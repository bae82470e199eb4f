"""Schema 3: responses have editions, answers their times; commitments and the knowledge base come in."""

from sqlalchemy import Connection

SCRIPT = """
ALTER TABLE response ADD COLUMN edition INTEGER DEFAULT '1' NOT NULL;
ALTER TABLE response ADD COLUMN replaces_id BLOB;
ALTER TABLE response ADD COLUMN replaced_by_id BLOB;
ALTER TABLE response ADD COLUMN started_at BIGINT;
ALTER TABLE response ADD COLUMN language TEXT;
ALTER TABLE response ADD COLUMN audit TEXT;
ALTER TABLE response ADD COLUMN flags TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE form_version ADD COLUMN published_by BLOB;
ALTER TABLE form_version ADD COLUMN change_note TEXT;
CREATE TABLE commitment (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, customer_id BLOB NOT NULL,
    task_id BLOB, attempt_id BLOB, response_id BLOB, owner_id BLOB NOT NULL, text TEXT NOT NULL, state TEXT
    NOT NULL, promised_at BIGINT NOT NULL, due_at BIGINT NOT NULL, settled_at BIGINT, settled_by BLOB, note
    TEXT, PRIMARY KEY (id));
CREATE INDEX commitment_by_customer ON commitment (customer_id);
CREATE INDEX commitment_by_owner ON commitment (owner_id, state, due_at);
CREATE TABLE article (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, code TEXT NOT NULL, kind TEXT NOT
    NULL, title TEXT NOT NULL, keywords TEXT NOT NULL, body TEXT NOT NULL, purposes TEXT DEFAULT '[]' NOT
    NULL, active BOOLEAN DEFAULT '1' NOT NULL, source TEXT, changed_at BIGINT NOT NULL, changed_by BLOB,
    PRIMARY KEY (id), UNIQUE (code));
-- A replica that is being put together has the tables of schema 2: it is begun anew (SYNC L4, V2).
DELETE FROM staged_cursor;
INSERT OR REPLACE INTO desk_state (key, value) SELECT 'passed_over_under', '2' FROM desk_state
    WHERE key = 'staging' AND value = 'true';
DELETE FROM desk_state WHERE key = 'staging';
"""


def step(connection: Connection) -> None:
    """Take a store of schema 2 to schema 3."""
    for statement in SCRIPT.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'staged\\_%' ESCAPE '\\'"
    for (name,) in connection.exec_driver_sql(names).all():
        if name != "staged_cursor":
            connection.exec_driver_sql(f'DROP TABLE "{name}"')
