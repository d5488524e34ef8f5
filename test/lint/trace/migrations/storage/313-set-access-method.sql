-- since: 15
-- title: Nothing changes, since heap is what it has
ALTER TABLE orders SET ACCESS METHOD heap;
