-- schema: desk.sql
-- rows: desk-rows.sql
CREATE TEMP TABLE color_map (old text, new text) ON COMMIT DROP;
INSERT INTO color_map VALUES ('#cccccc', 'grey'), ('#ff0000', 'red');
UPDATE labels l SET color = m.new FROM color_map m WHERE m.old = l.color;
