-- title: Quoted, and so another name
ALTER TABLE "docs" RENAME COLUMN "owner_id" TO "ownerId";
