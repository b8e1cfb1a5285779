-- Bulletins sent many at once: what they will become, until a person confirms them; then what became of them.
CREATE TABLE bulletin_batches (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    state TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX bulletin_batches_by_state ON bulletin_batches (state, id);
