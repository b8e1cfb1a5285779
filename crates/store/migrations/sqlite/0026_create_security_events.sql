-- The log of security events, chained like the ledger. The head says where it stands and up to where events that
-- were kept long enough were taken away.
CREATE TABLE security_events (
    sequence INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    person TEXT NOT NULL,
    address TEXT NOT NULL,
    port BIGINT NOT NULL,
    request TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX security_events_by_time ON security_events (at);

CREATE TABLE security_head (
    id BIGINT NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL,
    removed_sequence BIGINT NOT NULL,
    removed_hash TEXT NOT NULL
);

INSERT INTO security_head (id, sequence, hash, removed_sequence, removed_hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000',
        0, '0000000000000000000000000000000000000000000000000000000000000000');
