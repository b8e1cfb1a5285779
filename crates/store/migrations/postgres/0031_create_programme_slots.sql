-- What the station broadcasts when.
CREATE TABLE programme_slots (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    day TEXT COLLATE "C" NOT NULL,
    start_minute BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    publication_id TEXT COLLATE "C" REFERENCES publications (id)
);

CREATE INDEX programme_slots_by_day ON programme_slots (day, start_minute, id);
