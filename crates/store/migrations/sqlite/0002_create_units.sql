-- Offices and units with dated changes; a link says who followed whom.
CREATE TABLE units (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent_id TEXT REFERENCES units (id) DEFERRABLE INITIALLY DEFERRED,
    valid_from TEXT,
    valid_to TEXT,
    aliases TEXT NOT NULL,
    tasks TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE unit_links (
    predecessor_id TEXT NOT NULL REFERENCES units (id),
    successor_id TEXT NOT NULL REFERENCES units (id),
    changed_on TEXT NOT NULL,
    basis TEXT NOT NULL,
    PRIMARY KEY (predecessor_id, successor_id)
);
