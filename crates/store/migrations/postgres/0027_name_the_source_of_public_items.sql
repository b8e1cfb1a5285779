-- Who issued a document or supplied a piece of news: one of the filters of the public lists.
ALTER TABLE public_items ADD COLUMN source TEXT COLLATE "C" NOT NULL DEFAULT '';

UPDATE public_items SET source = COALESCE(fields::json ->> 'issuer', fields::json ->> 'supplier', '');

CREATE INDEX public_items_by_source ON public_items (kind, source, day, id);

CREATE INDEX public_items_by_section ON public_items (kind, section, day, id);
