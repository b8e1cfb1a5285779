-- When people are away, and who stands in for them.
CREATE TABLE absences (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    deputy_id TEXT REFERENCES people (id),
    created_by TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX absences_by_last_day ON absences (last_day, id);
