ALTER TABLE docs ADD COLUMN search tsvector
  GENERATED ALWAYS AS (to_tsvector('simple', title || ' ' || coalesce(body, ''))) STORED;
CREATE INDEX docs_search_idx ON docs USING gin (search);
