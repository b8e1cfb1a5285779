-- The register `news`: its fields as domain::register lists them, and where each line came from.
CREATE TABLE news (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    record_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    search_personal TEXT NOT NULL,
    version BIGINT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    posted_on TEXT NOT NULL,
    title TEXT NOT NULL,
    category TEXT,
    supplier TEXT,
    author TEXT,
    url TEXT,
    withdrawn_on TEXT,
    note TEXT,
    UNIQUE (unit_id, record_key)
);

CREATE INDEX news_by_day ON news (unit_id, posted_on, id);
