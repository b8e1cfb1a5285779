-- Packets of electronic document exchange (*gói tin liên thông*), sent and received. Never changed.
CREATE TABLE exchange_packets (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    is_incoming BOOLEAN NOT NULL,
    organ_id TEXT COLLATE "C" NOT NULL,
    organ_name TEXT COLLATE "C" NOT NULL,
    identifier TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    issued_on TEXT COLLATE "C",
    subject TEXT COLLATE "C" NOT NULL,
    business TEXT COLLATE "C" NOT NULL,
    record_id TEXT COLLATE "C",
    file_digest TEXT COLLATE "C" NOT NULL,
    file_name TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    handled_at BIGINT NOT NULL
);

CREATE INDEX exchange_packets_by_time ON exchange_packets (handled_at, id);

CREATE INDEX exchange_packets_by_identifier ON exchange_packets (identifier, is_incoming);

-- What receivers reported of packets sent, and what was reported of packets received. Never changed.
CREATE TABLE exchange_statuses (
    packet_id TEXT COLLATE "C" NOT NULL REFERENCES exchange_packets (id),
    number BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C" NOT NULL,
    organ_id TEXT COLLATE "C" NOT NULL,
    reported_at BIGINT,
    person TEXT COLLATE "C" NOT NULL,
    handled_at BIGINT NOT NULL,
    PRIMARY KEY (packet_id, number)
);
