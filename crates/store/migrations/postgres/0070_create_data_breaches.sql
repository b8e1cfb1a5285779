-- Breaches of the protection of personal data: what is known, the notices that left. Nobody concerned is named here.
CREATE TABLE data_breaches (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    state TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    due_at BIGINT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX data_breaches_by_time ON data_breaches (created_at, id);
