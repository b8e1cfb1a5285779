-- Who looked a second time at a public line of a register that no second person approved, as it stood at a ledger entry.
CREATE TABLE line_looks (
    item_id TEXT NOT NULL PRIMARY KEY REFERENCES public_items (id),
    changed BIGINT NOT NULL,
    person TEXT NOT NULL,
    looked_at BIGINT NOT NULL
);
