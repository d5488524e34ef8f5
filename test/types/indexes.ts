import { createIndex, createStatistics, dropIndex, reindex } from '../../src/operations/registry.ts'
import type { Sql } from '../../src/sql/tag.ts'

const sql = (text: string): Sql => ({ sql: [text], values: [] })

export function indexes() {
  createIndex({ name: 'i', table: 't', columns: ['a'], concurrently: true })
  createIndex({ name: 'i', table: 't', columns: ['a'], only: true })
  // @ts-expect-error PostgreSQL has no CONCURRENTLY for the index of a partitioned table.
  createIndex({ name: 'i', table: 't', columns: ['a'], only: true, concurrently: true })

  dropIndex({ name: 'i', concurrently: true })
  dropIndex({ name: 'i', cascade: true })
  // @ts-expect-error DROP INDEX CONCURRENTLY has no CASCADE.
  dropIndex({ name: 'i', cascade: true, concurrently: true })

  reindex({ schema: 'app' })
  reindex({ schema: 'app', table: 't', concurrently: true })
  // @ts-expect-error One index or all of a table's.
  reindex({ index: 'i', table: 't' })
  // @ts-expect-error A whole database is no migration's affair.
  reindex({ concurrently: true })
}

export function statistics() {
  const from = { table: 't' }
  createStatistics({ name: 's', columns: ['a', 'b'], kinds: ['mcv'], from })
  createStatistics({ name: 's', columns: ['a'], expressions: [sql('lower(b)')], from })
  createStatistics({ name: 's', expressions: [sql('lower(b)')], from })
  // @ts-expect-error What one column holds ANALYZE learns anyway.
  createStatistics({ name: 's', columns: ['a'], from })
  // @ts-expect-error Of one expression there are no kinds.
  createStatistics({ name: 's', expressions: [sql('lower(b)')], kinds: ['mcv'], from })
  // @ts-expect-error PostgreSQL 13 to 15 ask for a name.
  createStatistics({ columns: ['a', 'b'], from })
}
