-- What the station broadcasts when.
CREATE TABLE programme_slots (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    day TEXT NOT NULL,
    start_minute BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    title TEXT NOT NULL,
    publication_id TEXT REFERENCES publications (id)
);

CREATE INDEX programme_slots_by_day ON programme_slots (day, start_minute, id);
