-- Views of pages of the public site, by day and part; nothing of who read them. A day that has no row was not counted;
-- one that is closed stands in the ledger and changes no more.
CREATE TABLE page_view_days (
    day TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    is_closed BOOLEAN NOT NULL
);

CREATE TABLE page_views (
    day TEXT COLLATE "C" NOT NULL REFERENCES page_view_days (day),
    part TEXT COLLATE "C" NOT NULL,
    views BIGINT NOT NULL,
    PRIMARY KEY (day, part)
);
