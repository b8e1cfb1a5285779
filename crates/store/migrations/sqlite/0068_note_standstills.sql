-- The last sign of life of the servers of this site: one row, written once a minute while one of them runs.
CREATE TABLE signs_of_life (
    id BIGINT NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL
);

-- Times without a sign of life, until somebody says whether they were outages of the site.
CREATE TABLE standstills (
    id TEXT NOT NULL PRIMARY KEY,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL
);
