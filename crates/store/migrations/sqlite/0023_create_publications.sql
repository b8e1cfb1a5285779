-- What is written for the public: the working copy with its approval, every published version, every step, and
-- links to look at a working copy before it is published.
CREATE TABLE publications (
    id TEXT NOT NULL PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES units (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    search_text TEXT NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    writers TEXT NOT NULL,
    approved_digest TEXT,
    approved_by TEXT,
    approved_at BIGINT,
    publish_at BIGINT,
    publish_note TEXT NOT NULL,
    expires_at BIGINT,
    review_on TEXT,
    published_version BIGINT NOT NULL,
    first_posted_on TEXT,
    is_public BOOLEAN NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX publications_by_change ON publications (updated_at, id);

CREATE INDEX publications_by_state ON publications (state, updated_at, id);

CREATE TABLE publication_versions (
    publication_id TEXT NOT NULL REFERENCES publications (id),
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    note TEXT NOT NULL,
    is_correction BOOLEAN NOT NULL,
    approved_by TEXT NOT NULL,
    published_by TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (publication_id, version)
);

CREATE TABLE publication_steps (
    publication_id TEXT NOT NULL REFERENCES publications (id),
    number BIGINT NOT NULL,
    event TEXT NOT NULL,
    person_id TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    note TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (publication_id, number)
);

CREATE TABLE preview_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    publication_id TEXT NOT NULL REFERENCES publications (id),
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    is_revoked BOOLEAN NOT NULL
);

CREATE INDEX preview_links_by_publication ON preview_links (publication_id);
