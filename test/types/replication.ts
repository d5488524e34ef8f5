import {
  alterPublication,
  createForeignTable,
  createPublication,
  importForeignSchema,
} from '../../src/operations/registry.ts'

export function replication() {
  createPublication({ name: 'p', allTables: true, publish: ['insert'] })
  createPublication({ name: 'p', tables: [{ table: 't' }], schemas: ['app'] })
  // @ts-expect-error All tables are all there are.
  createPublication({ name: 'p', allTables: true, tables: [{ table: 't' }] })
  // @ts-expect-error One thing at a time, so that it can be undone.
  alterPublication({ name: 'p', add: { schemas: ['a'] }, drop: { schemas: ['b'] } })

  createForeignTable({ name: 't', server: 's', columns: [{ name: 'a', type: 'text', options: { x: '1' } }] })
  // @ts-expect-error A foreign table has no keys.
  createForeignTable({ name: 't', server: 's', columns: [{ name: 'a', type: 'text', primaryKey: true }] })
  // @ts-expect-error Either some tables or all but some.
  importForeignSchema({ server: 's', remoteSchema: 'a', into: 'b', limitTo: ['x'], except: ['y'] })
}
