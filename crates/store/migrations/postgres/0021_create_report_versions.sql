-- A frozen set of figures: never changed, only followed by a next version.
CREATE TABLE report_versions (
    report_id TEXT COLLATE "C" NOT NULL REFERENCES reports (id),
    version BIGINT NOT NULL,
    frozen_set TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    ledger_sequence BIGINT NOT NULL,
    ledger_hash TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    frozen_by TEXT COLLATE "C" NOT NULL,
    frozen_at BIGINT NOT NULL,
    PRIMARY KEY (report_id, version)
);

CREATE TABLE report_steps (
    report_id TEXT COLLATE "C" NOT NULL REFERENCES reports (id),
    number BIGINT NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C" NOT NULL,
    taken_at BIGINT NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (report_id, number)
);

CREATE TABLE report_files (
    report_id TEXT COLLATE "C" NOT NULL REFERENCES reports (id),
    version BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL REFERENCES blobs (digest),
    PRIMARY KEY (report_id, version, kind)
);

CREATE TABLE short_links (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    report_id TEXT COLLATE "C" NOT NULL REFERENCES reports (id),
    created_at BIGINT NOT NULL
);
