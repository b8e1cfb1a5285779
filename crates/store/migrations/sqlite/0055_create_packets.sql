-- Packets of electronic document exchange (*gói tin liên thông*), sent and received. Never changed.
CREATE TABLE exchange_packets (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    is_incoming BOOLEAN NOT NULL,
    organ_id TEXT NOT NULL,
    organ_name TEXT NOT NULL,
    identifier TEXT NOT NULL,
    code TEXT NOT NULL,
    issued_on TEXT,
    subject TEXT NOT NULL,
    business TEXT NOT NULL,
    record_id TEXT,
    file_digest TEXT NOT NULL,
    file_name TEXT NOT NULL,
    person TEXT NOT NULL,
    handled_at BIGINT NOT NULL
);

CREATE INDEX exchange_packets_by_time ON exchange_packets (handled_at, id);

CREATE INDEX exchange_packets_by_identifier ON exchange_packets (identifier, is_incoming);

-- What receivers reported of packets sent, and what was reported of packets received. Never changed.
CREATE TABLE exchange_statuses (
    packet_id TEXT NOT NULL REFERENCES exchange_packets (id),
    number BIGINT NOT NULL,
    code TEXT NOT NULL,
    description TEXT NOT NULL,
    organ_id TEXT NOT NULL,
    reported_at BIGINT,
    person TEXT NOT NULL,
    handled_at BIGINT NOT NULL,
    PRIMARY KEY (packet_id, number)
);
