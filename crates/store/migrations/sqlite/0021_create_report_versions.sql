-- A frozen set of figures: never changed, only followed by a next version.
CREATE TABLE report_versions (
    report_id TEXT NOT NULL REFERENCES reports (id),
    version BIGINT NOT NULL,
    frozen_set TEXT NOT NULL,
    digest TEXT NOT NULL,
    ledger_sequence BIGINT NOT NULL,
    ledger_hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    frozen_by TEXT NOT NULL,
    frozen_at BIGINT NOT NULL,
    PRIMARY KEY (report_id, version)
);

CREATE TABLE report_steps (
    report_id TEXT NOT NULL REFERENCES reports (id),
    number BIGINT NOT NULL,
    event TEXT NOT NULL,
    person_id TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (report_id, number)
);

CREATE TABLE report_files (
    report_id TEXT NOT NULL REFERENCES reports (id),
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES blobs (digest),
    PRIMARY KEY (report_id, version, kind)
);

CREATE TABLE short_links (
    code TEXT NOT NULL PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports (id),
    created_at BIGINT NOT NULL
);
