-- A spokesperson without an account may be away too; who is away is a person or a name.
CREATE TABLE new_absences (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT REFERENCES people (id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    deputy_id TEXT REFERENCES people (id),
    created_by TEXT NOT NULL,
    version BIGINT NOT NULL,
    speaker TEXT,
    CONSTRAINT absences_of_one CHECK ((person_id IS NULL) <> (speaker IS NULL))
);

INSERT INTO new_absences (id, person_id, first_day, last_day, deputy_id, created_by, version)
    SELECT id, person_id, first_day, last_day, deputy_id, created_by, version FROM absences;

DROP TABLE absences;

ALTER TABLE new_absences RENAME TO absences;

CREATE INDEX absences_by_last_day ON absences (last_day, id);
