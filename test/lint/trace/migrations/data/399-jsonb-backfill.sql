UPDATE docs SET meta = jsonb_set(meta, '{version}', '1');
