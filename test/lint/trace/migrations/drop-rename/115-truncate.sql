-- title: Sessions start anew with the new cookie
TRUNCATE sessions;
