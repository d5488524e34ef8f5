-- schema: desk.sql
-- rows: desk-rows.sql
ALTER FUNCTION business_hours(timestamptz, timestamptz) PARALLEL SAFE;
ALTER FUNCTION slugify(text) COST 10;
GRANT EXECUTE ON FUNCTION slugify(text) TO PUBLIC;
