-- Periodic reports. JSON columns hold what the form of a report asks for; the workflow state is a column.
CREATE TABLE reports (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    period_first TEXT COLLATE "C" NOT NULL,
    period_last TEXT COLLATE "C" NOT NULL,
    template TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    frozen_version BIGINT NOT NULL,
    narrative TEXT COLLATE "C" NOT NULL,
    request_letter TEXT COLLATE "C" NOT NULL,
    recipients TEXT COLLATE "C" NOT NULL,
    signer TEXT COLLATE "C" NOT NULL,
    drafters TEXT COLLATE "C" NOT NULL,
    cleared_digest TEXT COLLATE "C",
    number TEXT COLLATE "C",
    issued_on TEXT COLLATE "C",
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX reports_by_period ON reports (period_last, id);
