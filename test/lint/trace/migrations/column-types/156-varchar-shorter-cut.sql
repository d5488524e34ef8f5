-- classes: +data-loss because the end of each longer note is cut off
ALTER TABLE orders ALTER COLUMN note TYPE varchar(60) USING left(note, 60);
