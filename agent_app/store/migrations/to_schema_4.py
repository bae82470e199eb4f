"""Schema 4: what planning goes by and leaves behind, what is being written of it, contracts, events and consent, places
and clocks of attempts."""

from sqlalchemy import Connection

from agent_app.store.migrations.replicas import begin_replica_anew, run_script

SCRIPT = """
ALTER TABLE plan ADD COLUMN description TEXT;
ALTER TABLE plan ADD COLUMN goal_id BLOB;
ALTER TABLE plan ADD COLUMN starts_on TEXT;
ALTER TABLE plan ADD COLUMN ends_on TEXT;
ALTER TABLE plan ADD COLUMN available_after TEXT;
ALTER TABLE plan ADD COLUMN steps TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE plan ADD COLUMN control_percent INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE plan ADD COLUMN assignment TEXT DEFAULT '{}' NOT NULL;
ALTER TABLE plan ADD COLUMN tags TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE plan ADD COLUMN dialling TEXT;
ALTER TABLE plan ADD COLUMN confirmed_tasks INTEGER;
ALTER TABLE plan ADD COLUMN refused_tasks INTEGER;
ALTER TABLE plan ADD COLUMN changed_at BIGINT;
ALTER TABLE plan ADD COLUMN changed_by BLOB;
ALTER TABLE task ADD COLUMN step INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE task ADD COLUMN skills TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE task ADD COLUMN leased_until BIGINT;
ALTER TABLE task ADD COLUMN escalation_level INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE task ADD COLUMN escalated_at BIGINT;
ALTER TABLE attempt ADD COLUMN place TEXT;
ALTER TABLE attempt ADD COLUMN received_at BIGINT;
ALTER TABLE attempt ADD COLUMN clock_skew_ms BIGINT;
ALTER TABLE customer ADD COLUMN stage TEXT;
ALTER TABLE customer ADD COLUMN rfm TEXT;
ALTER TABLE customer ADD COLUMN activity_index INTEGER;
ALTER TABLE customer ADD COLUMN churn_risk INTEGER;
ALTER TABLE customer ADD COLUMN lifetime_cents BIGINT;
ALTER TABLE customer ADD COLUMN segment_codes TEXT DEFAULT '[]' NOT NULL;
ALTER TABLE customer ADD COLUMN standing_because TEXT DEFAULT '{}' NOT NULL;
ALTER TABLE customer ADD COLUMN portrait TEXT DEFAULT '{}' NOT NULL;
ALTER TABLE customer ADD COLUMN preferred_channel TEXT;
ALTER TABLE desk_device ADD COLUMN clock_skew_ms BIGINT;
CREATE INDEX response_by_form_version ON response (form_version_id, recorded_at, replaced_by_id, id,
    person_id, complete, csat, nps, flags);
CREATE TABLE definition_draft (kind TEXT NOT NULL, row_id BLOB NOT NULL, content TEXT NOT NULL, saved_at BIGINT NOT
    NULL, PRIMARY KEY (kind, row_id));
CREATE TABLE response_words (response_id BLOB NOT NULL, customer_id BLOB NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (response_id)) WITHOUT ROWID;
INSERT INTO response_words (response_id, customer_id, words) SELECT r.id, r.customer_id, coalesce((
    SELECT lower(group_concat(value, char(10))) FROM (SELECT DISTINCT value FROM json_each(r.answers))), '')
    FROM response AS r;
CREATE TRIGGER "response_words_put" AFTER INSERT ON "response" BEGIN DELETE FROM response_words WHERE
    response_id = new.id; INSERT INTO response_words (response_id, customer_id, words) SELECT new.id, new.customer_id,
    coalesce(lower(group_concat(value, char(10))), '') FROM (SELECT DISTINCT value FROM json_each(new.answers)); END;
CREATE TRIGGER "response_words_changed" AFTER UPDATE OF customer_id, answers ON "response"
    WHEN new.answers <> old.answers OR new.customer_id <> old.customer_id BEGIN DELETE FROM response_words WHERE
    response_id = new.id; INSERT INTO response_words (response_id, customer_id, words) SELECT new.id, new.customer_id,
    coalesce(lower(group_concat(value, char(10))), '') FROM (SELECT DISTINCT value FROM json_each(new.answers)); END;
CREATE TRIGGER "response_words_gone" AFTER DELETE ON "response" BEGIN DELETE FROM response_words WHERE response_id =
    old.id; END;
CREATE TABLE goal (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
    metric TEXT NOT NULL, scope TEXT DEFAULT '{}' NOT NULL, baseline TEXT, target TEXT NOT NULL, starts_on
    TEXT NOT NULL, deadline_on TEXT NOT NULL, state TEXT NOT NULL, value TEXT, sample INTEGER, measured_at
    BIGINT, owner_id BLOB, source TEXT, PRIMARY KEY (id), UNIQUE (code));
CREATE TABLE segment (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, code TEXT NOT NULL, name TEXT NOT
    NULL, audience TEXT NOT NULL, tag TEXT, position INTEGER NOT NULL, active BOOLEAN NOT NULL, source TEXT,
    PRIMARY KEY (id), UNIQUE (code));
CREATE TABLE working_hours (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, subject TEXT NOT NULL, timezone
    TEXT, week TEXT, exceptions TEXT DEFAULT '{}' NOT NULL, PRIMARY KEY (id));
CREATE TABLE escalation_policy (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, code TEXT NOT NULL, name
    TEXT NOT NULL, applies_to TEXT DEFAULT '{}' NOT NULL, steps TEXT NOT NULL, position INTEGER NOT NULL,
    active BOOLEAN NOT NULL, source TEXT, PRIMARY KEY (id), UNIQUE (code));
CREATE TABLE shift (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, team_id BLOB NOT NULL, person_id BLOB
    NOT NULL, kind TEXT NOT NULL, starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, note TEXT, PRIMARY KEY
    (id));
CREATE INDEX shift_by_person ON shift (person_id, starts_at);
CREATE INDEX shift_by_team ON shift (team_id, starts_at);
CREATE TABLE contract (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, customer_id BLOB NOT NULL, number
    TEXT NOT NULL, product_line TEXT, signed_on TEXT, starts_on TEXT, expires_on TEXT, amount TEXT, renewed_on
    TEXT, PRIMARY KEY (id), UNIQUE (number, customer_id));
CREATE INDEX contract_by_customer ON contract (customer_id);
CREATE INDEX contract_by_expiry ON contract (expires_on);
CREATE TABLE event (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, customer_id BLOB NOT NULL, kind TEXT
    NOT NULL, number TEXT NOT NULL, happened_at BIGINT NOT NULL, product_line TEXT, details TEXT DEFAULT '{}'
    NOT NULL, PRIMARY KEY (id), UNIQUE (number, kind, customer_id));
CREATE INDEX event_by_customer ON event (customer_id, happened_at);
CREATE INDEX event_by_kind ON event (kind, happened_at);
CREATE TABLE consent (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, customer_id BLOB NOT NULL, purpose
    TEXT NOT NULL, channel TEXT, granted BOOLEAN NOT NULL, source TEXT NOT NULL, wording TEXT, given_at BIGINT
    NOT NULL, given_to BLOB, withdrawn_at BIGINT, PRIMARY KEY (id));
CREATE INDEX consent_by_customer ON consent (customer_id);
CREATE TABLE occasion (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, customer_id BLOB NOT NULL, plan_id
    BLOB NOT NULL, task_id BLOB, outcome TEXT NOT NULL, because TEXT, because_values TEXT DEFAULT '{}' NOT
    NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, reason_values TEXT NOT NULL, form_version_id BLOB,
    due_at BIGINT, dedupe_key TEXT NOT NULL, decided_at BIGINT NOT NULL, PRIMARY KEY (id), UNIQUE
    (dedupe_key));
CREATE INDEX occasion_by_customer ON occasion (customer_id, decided_at);
CREATE INDEX occasion_by_plan ON occasion (plan_id, decided_at);
CREATE INDEX occasion_by_task ON occasion (task_id);
CREATE TABLE reminder (id BLOB NOT NULL, rev BIGINT DEFAULT '0' NOT NULL, customer_id BLOB NOT NULL, task_id
    BLOB NOT NULL, person_id BLOB, policy_id BLOB NOT NULL, step INTEGER NOT NULL, means TEXT NOT NULL, state
    TEXT NOT NULL, due_at BIGINT NOT NULL, clock_steps TEXT DEFAULT '[]' NOT NULL, sent_at BIGINT, seen_at
    BIGINT, error TEXT, PRIMARY KEY (id));
CREATE INDEX reminder_by_customer ON reminder (customer_id);
CREATE INDEX reminder_by_state ON reminder (state, due_at);
CREATE INDEX reminder_by_task ON reminder (task_id);
"""


def step(connection: Connection) -> None:
    """Take a store of schema 3 to schema 4."""
    run_script(connection, SCRIPT)
    begin_replica_anew(connection, 3)
