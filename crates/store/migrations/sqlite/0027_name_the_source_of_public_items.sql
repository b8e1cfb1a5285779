-- Who issued a document or supplied a piece of news: one of the filters of the public lists.
ALTER TABLE public_items ADD COLUMN source TEXT NOT NULL DEFAULT '';

UPDATE public_items SET source = COALESCE(json_extract(fields, '$.issuer'), json_extract(fields, '$.supplier'), '');

CREATE INDEX public_items_by_source ON public_items (kind, source, day, id);

CREATE INDEX public_items_by_section ON public_items (kind, section, day, id);
