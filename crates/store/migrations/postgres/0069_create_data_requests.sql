-- What people ask of the office about their own data. Names, contacts and everything that was written about the person
-- stand here alone, in no revision; they are taken away when their time is over. The code is known by its digest.
CREATE TABLE data_requests (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    number TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    replaced_code_hash TEXT,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    details TEXT NOT NULL,
    confirmed_contact TEXT NOT NULL,
    confirmed_how TEXT NOT NULL,
    answer TEXT NOT NULL,
    due_at BIGINT,
    received_at BIGINT NOT NULL,
    closed_at BIGINT,
    created_by TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX data_requests_by_number ON data_requests (unit_id, number);

CREATE UNIQUE INDEX data_requests_by_code ON data_requests (code_hash);

CREATE UNIQUE INDEX data_requests_by_replaced_code ON data_requests (replaced_code_hash);

CREATE INDEX data_requests_by_state ON data_requests (state, received_at, id);
