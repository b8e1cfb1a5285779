-- Press conferences: plan, notice, guests, minutes. The line of the register of statements bears the same id.
CREATE TABLE press_conferences (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    state TEXT NOT NULL,
    subject TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX press_conferences_by_start ON press_conferences (starts_at, id);
