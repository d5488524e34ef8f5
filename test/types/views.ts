import {
  alterMaterializedView,
  alterView,
  createMaterializedView,
  createView,
  dropView,
  refreshMaterializedView,
  replaceView,
} from '../../src/operations/registry.ts'
import { sql } from '../../src/sql/tag.ts'

const query = sql`SELECT 1 AS a`

/** What compiles, beside what must not; it is only type-checked. */
export function views() {
  createView({ name: 'v', query, checkOption: 'local', securityBarrier: true, securityInvoker: true })
  createView({ name: 'v', recursive: true, columns: ['a'], query })
  createView({ name: 'v', temporary: true, query, defaults: { a: sql`1 + 1`, b: null } })
  dropView({ name: 'v', was: { query, recursive: true, columns: ['a'] } })
  replaceView({ name: 'v', query, recreate: true, was: { query, columns: ['a'] } })
  alterView({ name: 'v', checkOption: null, was: { checkOption: 'cascaded' } })
  alterView({ name: 'v', defaults: { a: null } })

  // @ts-expect-error a recursive view names its columns
  createView({ name: 'v', recursive: true, query })
  // @ts-expect-error a recursive view takes no check option
  createView({ name: 'v', recursive: true, columns: ['a'], query, checkOption: 'local' })
  // @ts-expect-error the check option is local or cascaded
  createView({ name: 'v', query, checkOption: true })
  // @ts-expect-error a query is SQL, not text
  createView({ name: 'v', query: 'SELECT 1' })
  // @ts-expect-error a change says what changes
  alterView({ name: 'v' })
  // @ts-expect-error what was says something too
  alterView({ name: 'v', securityBarrier: true, was: {} })
  // @ts-expect-error a query is replaced, not altered
  alterView({ name: 'v', query })
}

export function materializedViews() {
  createMaterializedView({ name: 'm', query, withData: false, with: { fillfactor: 70 } })
  createMaterializedView({ name: 'm', query, columnSettings: { a: { statistics: 5, storage: 'plain' } } })
  alterMaterializedView({ name: 'm', clusterOn: null, was: { clusterOn: 'i' } })
  alterMaterializedView({ name: 'm', with: { fillfactor: null } })
  refreshMaterializedView({ name: 'm', concurrently: true })
  refreshMaterializedView({ name: 'm', concurrently: true, withData: true })
  refreshMaterializedView({ name: 'm', withData: false })

  // @ts-expect-error a materialized view has no check option
  createMaterializedView({ name: 'm', query, checkOption: 'local' })
  // @ts-expect-error what is refreshed concurrently is not emptied
  refreshMaterializedView({ name: 'm', concurrently: true, withData: false })
  // @ts-expect-error a change says what changes
  alterMaterializedView({ name: 'm' })
  // @ts-expect-error a tablespace cannot be taken away; pg_default is one too
  alterMaterializedView({ name: 'm', tablespace: null })
  // @ts-expect-error storage is one of four words
  alterMaterializedView({ name: 'm', columnSettings: { a: { storage: 'none' } } })
}
