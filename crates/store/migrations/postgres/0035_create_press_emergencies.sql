-- Extraordinary cases: their moments, clock and what was said. The line of the register bears the same id.
CREATE TABLE press_emergencies (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    subject TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    due_at BIGINT,
    closed_at BIGINT,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX press_emergencies_by_due ON press_emergencies (closed_at, due_at, id);
