-- Each import of a file, and since when a register of a unit is kept (without it a figure is "no data", not zero).
CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    register TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES units (id),
    file_name TEXT NOT NULL,
    file_digest TEXT REFERENCES blobs (digest),
    person_id TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    options TEXT NOT NULL,
    counts TEXT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX imports_by_time ON imports (imported_at, id);

CREATE TABLE register_openings (
    register TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES units (id),
    opened_at BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    PRIMARY KEY (register, unit_id)
);
