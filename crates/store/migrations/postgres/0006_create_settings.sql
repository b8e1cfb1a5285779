-- Settings of the installation, by key.
CREATE TABLE settings (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL
);
