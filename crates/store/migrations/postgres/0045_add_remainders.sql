-- What may still be read of a revision whose content was erased: the same without what is personal. The entry that
-- records the erasing holds its digest.
ALTER TABLE revisions ADD COLUMN remainder TEXT COLLATE "C";
