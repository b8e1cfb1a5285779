-- Periodic reports. JSON columns hold what the form of a report asks for; the workflow state is a column.
CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    period_first TEXT NOT NULL,
    period_last TEXT NOT NULL,
    template TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    frozen_version BIGINT NOT NULL,
    narrative TEXT NOT NULL,
    request_letter TEXT NOT NULL,
    recipients TEXT NOT NULL,
    signer TEXT NOT NULL,
    drafters TEXT NOT NULL,
    cleared_digest TEXT,
    number TEXT,
    issued_on TEXT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX reports_by_period ON reports (period_last, id);
