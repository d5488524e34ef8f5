-- title: Made and given up in one file
CREATE TABLE tmp_import (line text);
DROP TABLE tmp_import;
