-- Links of public items to other sites, and what became of them when they were asked.
CREATE TABLE outside_links (
    url TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    checked_at BIGINT NOT NULL,
    failing_since BIGINT,
    answer TEXT COLLATE "C" NOT NULL
);
