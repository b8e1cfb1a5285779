-- The history of every change: chained entries without personal data, and beside each entry the content it
-- commits to, which can be erased without breaking the chain. The head is one row, locked by each writer.
CREATE TABLE ledger (
    sequence BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    subject_kind TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    before_digest TEXT COLLATE "C" NOT NULL,
    after_digest TEXT COLLATE "C" NOT NULL,
    previous TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);

CREATE INDEX ledger_by_subject ON ledger (subject_kind, subject, sequence);

CREATE TABLE revisions (
    sequence BIGINT PRIMARY KEY REFERENCES ledger (sequence),
    salt BYTEA,
    content TEXT COLLATE "C"
);

CREATE TABLE ledger_head (
    id BIGINT NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);

INSERT INTO ledger_head (id, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
