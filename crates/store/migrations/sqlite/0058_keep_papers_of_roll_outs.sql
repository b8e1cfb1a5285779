-- Issuer, days and file of a regulation that is rolled out; the paper by which a unit acknowledged.
ALTER TABLE roll_out_campaigns ADD COLUMN about TEXT;
ALTER TABLE roll_out_answers ADD COLUMN paper TEXT;
