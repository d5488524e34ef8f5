-- title: The index has grown after the big import
REINDEX TABLE orders;
