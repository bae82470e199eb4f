"""Schema 2: mutations are kept after their answer, histories are known by tokens, replicas are exchanged; files of
customers, conflicts of a team and its devices come in."""

from sqlalchemy import Connection

from agent_app.store.migrations.replicas import run_script

SCRIPT = """
ALTER TABLE outbox ADD COLUMN acked_seq BIGINT;
ALTER TABLE outbox ADD COLUMN acked_at BIGINT;
CREATE INDEX outbox_by_state ON outbox (state, mid);
CREATE INDEX outbox_by_customer ON outbox (customer_id);
ALTER TABLE cursor RENAME TO former_cursor;
CREATE TABLE cursor (partition TEXT NOT NULL, seq BIGINT NOT NULL, token BLOB, seen_seq BIGINT NOT NULL,
    seen_token BLOB, PRIMARY KEY (partition));
INSERT INTO cursor (partition, seq, seen_seq) SELECT partition, seq, seq FROM former_cursor;
DROP TABLE former_cursor;
CREATE TABLE staged_cursor (partition TEXT NOT NULL, seq BIGINT NOT NULL, token BLOB, seen_seq BIGINT
    NOT NULL, seen_token BLOB, PRIMARY KEY (partition));
ALTER TABLE contact_point ADD COLUMN stamp TEXT;
ALTER TABLE contact_point ADD COLUMN disputed_at BIGINT;
CREATE TABLE attachment (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, customer_id BLOB NOT NULL,
    task_id BLOB, attempt_id BLOB, response_id BLOB, kind TEXT NOT NULL, state TEXT NOT NULL, file_name TEXT
    NOT NULL, media_type TEXT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL, created_by BLOB,
    created_at BIGINT NOT NULL, completed_at BIGINT, removed_by BLOB, removed_at BIGINT, PRIMARY KEY (id));
CREATE INDEX attachment_by_customer ON attachment (customer_id);
CREATE TABLE attachment_file (attachment_id BLOB NOT NULL, customer_id BLOB NOT NULL, name TEXT NOT
    NULL, "key" BLOB NOT NULL, state TEXT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL, position
    BIGINT DEFAULT '0' NOT NULL, tries INTEGER DEFAULT '0' NOT NULL, retry_at BIGINT DEFAULT '0' NOT NULL,
    fetched BOOLEAN DEFAULT '0' NOT NULL, looked_at BIGINT DEFAULT '0' NOT NULL, error TEXT,
    PRIMARY KEY (attachment_id));
CREATE INDEX attachment_file_by_customer ON attachment_file (customer_id);
CREATE INDEX attachment_file_by_state ON attachment_file (state, retry_at);
CREATE TABLE team_conflict (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, team_id BLOB, person_id
    BLOB, customer_id BLOB, task_id BLOB, contact_point_id BLOB, status TEXT NOT NULL, command TEXT NOT
    NULL, args TEXT NOT NULL, kind TEXT NOT NULL, details TEXT DEFAULT '{}' NOT NULL, note TEXT, recorded_at
    BIGINT NOT NULL, answered_at BIGINT NOT NULL, state TEXT DEFAULT 'open' NOT NULL, resolution TEXT,
    settled_by BLOB, settled_at BIGINT, settled_note TEXT, PRIMARY KEY (id));
CREATE INDEX team_conflict_by_point ON team_conflict (contact_point_id);
CREATE INDEX team_conflict_by_team ON team_conflict (team_id, state);
CREATE TABLE desk_device (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, team_id BLOB, person_id
    BLOB NOT NULL, name TEXT NOT NULL, app_version TEXT NOT NULL, signed_in_at BIGINT NOT NULL,
    last_contact_at BIGINT NOT NULL, rows_held BIGINT, unsent BIGINT, revoked_at BIGINT, revoked_by BLOB,
    wipe BOOLEAN NOT NULL, wiped_at BIGINT, PRIMARY KEY (id));
CREATE INDEX desk_device_by_person ON desk_device (person_id);
CREATE INDEX desk_device_by_team ON desk_device (team_id);
-- The program of schema 1 passed over what it did not know and told nobody: all is fetched anew (SYNC V2).
INSERT OR REPLACE INTO desk_state (key, value) VALUES ('passed_over_under', '1');
"""


def step(connection: Connection) -> None:
    """Take a store of schema 1 to schema 2."""
    run_script(connection, SCRIPT)
