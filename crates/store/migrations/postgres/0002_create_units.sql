-- Offices and units with dated changes; a link says who followed whom.
CREATE TABLE units (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    short_name TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    parent_id TEXT COLLATE "C" REFERENCES units (id) DEFERRABLE INITIALLY DEFERRED,
    valid_from TEXT COLLATE "C",
    valid_to TEXT COLLATE "C",
    aliases TEXT COLLATE "C" NOT NULL,
    tasks TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE unit_links (
    predecessor_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    successor_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    changed_on TEXT COLLATE "C" NOT NULL,
    basis TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (predecessor_id, successor_id)
);
