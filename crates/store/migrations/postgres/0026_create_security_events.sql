-- The log of security events, chained like the ledger. The head says where it stands and up to where events that
-- were kept long enough were taken away.
CREATE TABLE security_events (
    sequence BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    port BIGINT NOT NULL,
    request TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL,
    previous TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);

CREATE INDEX security_events_by_time ON security_events (at);

CREATE TABLE security_head (
    id BIGINT NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    removed_sequence BIGINT NOT NULL,
    removed_hash TEXT COLLATE "C" NOT NULL
);

INSERT INTO security_head (id, sequence, hash, removed_sequence, removed_hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000',
        0, '0000000000000000000000000000000000000000000000000000000000000000');
