-- What units say to one another about a part (*trao đổi*). Never changed.
CREATE TABLE press_remarks (
    part_id TEXT COLLATE "C" NOT NULL REFERENCES press_parts (id),
    number BIGINT NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    said_at BIGINT NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (part_id, number)
);
