-- Each import of a file, and since when a register of a unit is kept (without it a figure is "no data", not zero).
CREATE TABLE imports (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    register TEXT COLLATE "C" NOT NULL,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    file_name TEXT COLLATE "C" NOT NULL,
    file_digest TEXT COLLATE "C" REFERENCES blobs (digest),
    person_id TEXT COLLATE "C" NOT NULL,
    imported_at BIGINT NOT NULL,
    options TEXT COLLATE "C" NOT NULL,
    counts TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX imports_by_time ON imports (imported_at, id);

CREATE TABLE register_openings (
    register TEXT COLLATE "C" NOT NULL,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    opened_at BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    PRIMARY KEY (register, unit_id)
);
