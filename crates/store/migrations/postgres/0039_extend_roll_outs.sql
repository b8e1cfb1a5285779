-- The regulation that a new one replaces; units that hand on to units below them; the regulation a unit issued itself.
ALTER TABLE roll_out_campaigns ADD COLUMN replaces TEXT REFERENCES roll_out_campaigns (id);
ALTER TABLE roll_out_answers ADD COLUMN via TEXT REFERENCES roll_out_answers (id);
ALTER TABLE roll_out_answers ADD COLUMN own_symbol TEXT NOT NULL DEFAULT '';
ALTER TABLE roll_out_answers ADD COLUMN own_issued_on TEXT;
