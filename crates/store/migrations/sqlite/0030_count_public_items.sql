-- How many items the public sees of each kind, section, source and year: kept with every change, so that lists need not
-- count. Items posted for a later day are among them.
CREATE TABLE public_counts (
    kind TEXT NOT NULL,
    section TEXT NOT NULL,
    source TEXT NOT NULL,
    year TEXT NOT NULL,
    items BIGINT NOT NULL,
    PRIMARY KEY (kind, section, source, year)
);

INSERT INTO public_counts (kind, section, source, year, items)
SELECT kind, section, source, SUBSTR(day, 1, 4), COUNT(*) FROM public_items WHERE is_withdrawn = FALSE
GROUP BY kind, section, source, SUBSTR(day, 1, 4);

CREATE INDEX public_items_by_posting ON public_items (posted_on);

-- A far page of a list is found in the index alone.
DROP INDEX public_items_by_day;

CREATE INDEX public_items_by_day ON public_items (kind, day, id, is_withdrawn, posted_on);

DROP INDEX public_items_by_section;

CREATE INDEX public_items_by_section ON public_items (kind, section, day, id, source, is_withdrawn, posted_on);

DROP INDEX public_items_by_source;

CREATE INDEX public_items_by_source ON public_items (kind, source, day, id, is_withdrawn, posted_on);
