-- Extraordinary cases: their moments, clock and what was said. The line of the register bears the same id.
CREATE TABLE press_emergencies (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    due_at BIGINT,
    closed_at BIGINT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX press_emergencies_by_due ON press_emergencies (closed_at, due_at, id);
