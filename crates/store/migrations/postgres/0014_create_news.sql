-- The register `news`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE news (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    record_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    search_personal TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    posted_on TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    category TEXT COLLATE "C",
    supplier TEXT COLLATE "C",
    author TEXT COLLATE "C",
    url TEXT COLLATE "C",
    withdrawn_on TEXT COLLATE "C",
    note TEXT COLLATE "C",
    UNIQUE (unit_id, record_key)
);

CREATE INDEX news_by_day ON news (unit_id, posted_on, id);
