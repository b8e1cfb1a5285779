-- Letters to the people of the office that wait to be handed to its mail server, and what became of them.
ALTER TABLE people ADD COLUMN email TEXT NOT NULL DEFAULT '';

CREATE TABLE mails (
    id TEXT NOT NULL PRIMARY KEY,
    cause TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES people (id),
    content TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'expired')),
    attempts BIGINT NOT NULL,
    next_try_at BIGINT NOT NULL,
    claimed_by TEXT,
    claimed_until BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    last_error TEXT
);

CREATE INDEX mails_by_state ON mails (state, created_at, id);
CREATE INDEX mails_by_time ON mails (created_at, id);
