-- What readers report as wrong. The receipt code is known by its digest alone; the contact is taken away when its time
-- is over and stands in no revision.
CREATE TABLE notices (
    id TEXT NOT NULL PRIMARY KEY,
    item_id TEXT,
    address TEXT NOT NULL,
    message TEXT NOT NULL,
    contact TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    answer TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    due_on TEXT,
    closed_at BIGINT,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX notices_by_code ON notices (code_hash);

CREATE INDEX notices_by_state ON notices (state, received_at, id);
