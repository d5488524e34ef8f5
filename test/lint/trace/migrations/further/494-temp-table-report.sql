CREATE TEMP TABLE duplicate_titles ON COMMIT DROP AS
  SELECT title, count(*) FROM docs GROUP BY title HAVING count(*) > 1;
SELECT count(*) FROM duplicate_titles;
