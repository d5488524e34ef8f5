import { backfill } from '../../src/operations/registry.ts'

const query = { sql: ['SELECT id, name FROM a JOIN b USING (id)'], values: [] }
const transform = ({ id }: { id: string }) => ({ id })
const into = { table: 't', columns: ['id'] }

export function backfills() {
  backfill({ table: 't', set: { a: 1 }, detach: true, failedRows: 1, sessions: 2 })
  backfill({ from: { query, key: ['id'] }, into, transform, failedRows: 1 })
  backfill({ from: { stream: () => [{ id: 1 }], cursor: ({ id }) => id }, into, transform, detach: true })
  backfill({ from: { query, key: ['id'] }, process: (rows) => rows.length })
  // @ts-expect-error A query's rows are not changed: there is nothing that could be set.
  backfill({ from: { query, key: ['id'] }, set: { a: 1 } })
  // @ts-expect-error A query has to be walked along something.
  backfill({ from: { query }, into, transform })
  // @ts-expect-error Nor along nothing.
  backfill({ from: { query, key: [] }, into, transform })
  // @ts-expect-error A row of a stream cannot be found again.
  backfill({ from: { stream: () => [{ id: 1 }], cursor: ({ id }) => id }, into, transform, failedRows: 1 })
  // @ts-expect-error A stream is read by one session.
  backfill({ from: { stream: () => [{ id: 1 }], cursor: ({ id }) => id }, into, transform, sessions: 2 })
  // @ts-expect-error Without a cursor it could not go on.
  backfill({ from: { stream: () => [{ id: 1 }] }, into, transform })
  // @ts-expect-error What a query gives is said in the query.
  backfill({ from: { query, key: ['id'] }, columns: ['id'], into, transform })
}
