-- The history of every change: chained entries without personal data, and beside each entry the content it
-- commits to, which can be erased without breaking the chain. The head is one row, locked by each writer.
CREATE TABLE ledger (
    sequence INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    before_digest TEXT NOT NULL,
    after_digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX ledger_by_subject ON ledger (subject_kind, subject, sequence);

CREATE TABLE revisions (
    sequence INTEGER PRIMARY KEY REFERENCES ledger (sequence),
    salt BLOB,
    content TEXT
);

CREATE TABLE ledger_head (
    id BIGINT NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL
);

INSERT INTO ledger_head (id, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
