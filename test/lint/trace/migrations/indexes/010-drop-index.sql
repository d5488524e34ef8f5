-- title: Drop an index that nobody uses any more
DROP INDEX products_title_idx;
