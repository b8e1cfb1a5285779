-- When on its day a naming was signed and published, and its limit: hours are counted from there (PS-PUB-2, PS-PUB-3).
ALTER TABLE spokespersons ADD COLUMN signed_at TEXT COLLATE "C";
ALTER TABLE spokespersons ADD COLUMN published_at TEXT COLLATE "C";
ALTER TABLE spokespersons ADD COLUMN publish_due_at TEXT COLLATE "C";
