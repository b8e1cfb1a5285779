-- The reporters an office knows. Personal data: nothing of it stands in a revision.
CREATE TABLE press_reporters (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES press_agencies (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    card TEXT NOT NULL,
    contact TEXT NOT NULL,
    is_active BOOLEAN NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX press_reporters_by_name ON press_reporters (agency_id, name_key, card);
