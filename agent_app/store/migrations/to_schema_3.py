"""Schema 3: responses have editions, answers their times; commitments and the knowledge base come in."""

from sqlalchemy import Connection

from agent_app.store.migrations.replicas import begin_replica_anew, run_script

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
"""


def step(connection: Connection) -> None:
    """Take a store of schema 2 to schema 3."""
    run_script(connection, SCRIPT)
    begin_replica_anew(connection, 2)
