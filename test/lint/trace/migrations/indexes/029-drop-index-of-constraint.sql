-- title: It looks like an index, but is a constraint
DROP INDEX orders_number_key;
