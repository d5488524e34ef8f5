-- title: One of five is enough
ALTER TABLE orders
  ADD COLUMN gift_wrap boolean NOT NULL DEFAULT false,
  ADD COLUMN gift_note text,
  ADD COLUMN handle uuid DEFAULT gen_random_uuid(),
  ADD COLUMN source text NOT NULL DEFAULT 'web',
  ADD COLUMN tags text[];
