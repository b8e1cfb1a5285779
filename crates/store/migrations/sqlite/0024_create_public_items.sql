-- What the public sees, and nothing else: the only tables the portal and its search read of publications and
-- registers. Kept by the functions that change those, in the same transaction. `changed` is the ledger entry of the
-- last change: a search index that has taken in everything up to a number reads on from there.
CREATE TABLE public_items (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    body TEXT NOT NULL,
    section TEXT NOT NULL,
    day TEXT NOT NULL,
    posted_on TEXT NOT NULL,
    fields TEXT NOT NULL,
    files TEXT NOT NULL,
    notes TEXT NOT NULL,
    is_withdrawn BOOLEAN NOT NULL,
    withdrawn_on TEXT,
    withdrawal_reason TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    changed BIGINT NOT NULL
);

CREATE INDEX public_items_by_day ON public_items (kind, is_withdrawn, day, id);

CREATE INDEX public_items_by_change ON public_items (changed, id);

CREATE TABLE public_files (
    item_id TEXT NOT NULL REFERENCES public_items (id),
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    PRIMARY KEY (item_id, digest)
);

CREATE INDEX public_files_by_digest ON public_files (digest);
