CREATE TYPE "letters" AS ENUM ('x', 'y');
