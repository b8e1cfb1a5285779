-- What the public sees, and nothing else: the only tables the portal and its search read of publications and
-- registers. Kept by the functions that change those, in the same transaction. `changed` is the ledger entry of the
-- last change: a search index that has taken in everything up to a number reads on from there.
CREATE TABLE public_items (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    summary TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C" NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    posted_on TEXT COLLATE "C" NOT NULL,
    fields TEXT COLLATE "C" NOT NULL,
    files TEXT COLLATE "C" NOT NULL,
    notes TEXT COLLATE "C" NOT NULL,
    is_withdrawn BOOLEAN NOT NULL,
    withdrawn_on TEXT COLLATE "C",
    withdrawal_reason TEXT COLLATE "C" NOT NULL,
    updated_at BIGINT NOT NULL,
    changed BIGINT NOT NULL
);

CREATE INDEX public_items_by_day ON public_items (kind, is_withdrawn, day, id);

CREATE INDEX public_items_by_change ON public_items (changed, id);

CREATE TABLE public_files (
    item_id TEXT COLLATE "C" NOT NULL REFERENCES public_items (id),
    digest TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    media_type TEXT COLLATE "C" NOT NULL,
    size_bytes BIGINT NOT NULL,
    PRIMARY KEY (item_id, digest)
);

CREATE INDEX public_files_by_digest ON public_files (digest);
