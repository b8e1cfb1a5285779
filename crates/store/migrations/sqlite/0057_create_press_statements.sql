-- Press releases, and what was said or posted: the text, its approval, its number. The line of the register of statements
-- bears the same id.
CREATE TABLE press_statements (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    state TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX press_statements_by_state ON press_statements (state, created_at, id);
