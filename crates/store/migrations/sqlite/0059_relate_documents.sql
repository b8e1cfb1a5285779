-- What one official document does to another, and whether each is in force: derived from what was published, kept with
-- `public_items` in the same transaction, and filled for what is there already by the step that applies this file.
ALTER TABLE portal_documents ADD COLUMN expires_on TEXT;
ALTER TABLE portal_documents ADD COLUMN signer_title TEXT;

-- The relations as the document has them, as JSON, and number and symbol in the one form in which they are compared.
ALTER TABLE public_items ADD COLUMN relations TEXT NOT NULL DEFAULT '[]';
ALTER TABLE public_items ADD COLUMN symbol_key TEXT NOT NULL DEFAULT '';

CREATE INDEX public_items_by_symbol ON public_items (symbol_key) WHERE symbol_key <> '';

CREATE TABLE public_relations (
    item_id TEXT NOT NULL REFERENCES public_items (id),
    number BIGINT NOT NULL,
    target_key TEXT NOT NULL,
    PRIMARY KEY (item_id, number)
);

CREATE INDEX public_relations_by_target ON public_relations (target_key);

-- The state of effect of legal normative documents from one day on until before another; empty for ever before,
-- 9999-12-31 for ever after.
CREATE TABLE public_effects (
    item_id TEXT NOT NULL REFERENCES public_items (id),
    first_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (item_id, first_day)
);

CREATE INDEX public_effects_by_status ON public_effects (status, first_day, until_day, item_id);
