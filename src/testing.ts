/** For the tests of a project: its revisions as they are, and databases at any of them. */
export type { Config } from './commands/project.ts'
export { VerificationFailed, verifications } from './commands/verify.ts'
export { sql } from './sql/tag.ts'
export { type RowsByTable, TableUnknown } from './testing/insert-rows.ts'
export { type TestDatabase, testDatabase } from './testing/test-database.ts'
export { testOperations } from './testing/test-operations.ts'
