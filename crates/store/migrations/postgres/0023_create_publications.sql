-- What is written for the public: the working copy with its approval, every published version, every step, and
-- links to look at a working copy before it is published.
CREATE TABLE publications (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_id TEXT COLLATE "C" NOT NULL REFERENCES units (id),
    kind TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    writers TEXT COLLATE "C" NOT NULL,
    approved_digest TEXT COLLATE "C",
    approved_by TEXT COLLATE "C",
    approved_at BIGINT,
    publish_at BIGINT,
    publish_note TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT,
    review_on TEXT COLLATE "C",
    published_version BIGINT NOT NULL,
    first_posted_on TEXT COLLATE "C",
    is_public BOOLEAN NOT NULL,
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX publications_by_change ON publications (updated_at, id);

CREATE INDEX publications_by_state ON publications (state, updated_at, id);

CREATE TABLE publication_versions (
    publication_id TEXT COLLATE "C" NOT NULL REFERENCES publications (id),
    version BIGINT NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    is_correction BOOLEAN NOT NULL,
    approved_by TEXT COLLATE "C" NOT NULL,
    published_by TEXT COLLATE "C" NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (publication_id, version)
);

CREATE TABLE publication_steps (
    publication_id TEXT COLLATE "C" NOT NULL REFERENCES publications (id),
    number BIGINT NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C" NOT NULL,
    taken_at BIGINT NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (publication_id, number)
);

CREATE TABLE preview_links (
    token_hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    publication_id TEXT COLLATE "C" NOT NULL REFERENCES publications (id),
    created_by TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    is_revoked BOOLEAN NOT NULL
);

CREATE INDEX preview_links_by_publication ON preview_links (publication_id);
