-- title: All that is left of the priority is whether it is urgent
ALTER TABLE orders ADD COLUMN urgent boolean NOT NULL DEFAULT false;
UPDATE orders SET urgent = priority > 1;
ALTER TABLE orders DROP COLUMN priority;
