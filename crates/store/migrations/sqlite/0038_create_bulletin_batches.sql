-- Bulletins sent many at once: what they will become, until a person confirms them; then what became of them.
CREATE TABLE bulletin_batches (
    id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    content TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX bulletin_batches_by_state ON bulletin_batches (state, id);
