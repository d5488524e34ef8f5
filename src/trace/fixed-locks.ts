import type { LockMode } from '../operations/operation.ts'
import type { Node, StatementTree } from '../sql/statements.ts'
import { type Picture, type PicturedRelation, relationName } from './picture.ts'

type FixedLock = { readonly relation: PicturedRelation; readonly mode: LockMode }

/**
 * The locks of a statement that refuses a transaction block: nobody can look at it from within, so they were measured on servers of 13 to 18 from
 * a second session. CONCURRENTLY waits for others under ShareUpdateExclusive; DETACH … CONCURRENTLY takes the partition's AccessExclusive in its
 * second transaction (https://www.postgresql.org/docs/current/explicit-locking.html).
 */
export function fixedLocks({ kind, node }: StatementTree, picture: Picture): readonly FixedLock[] {
  const named = (relation: Node | undefined) => find(picture, relation)
  const lock = (relation: PicturedRelation | undefined, mode: LockMode) =>
    relation === undefined ? [] : [{ relation, mode }]
  switch (kind) {
    case 'IndexStmt':
      return lock(named(node['relation']), 'ShareUpdateExclusive')
    case 'DropStmt':
      return (node['objects'] ?? []).flatMap((object: Node) => {
        const index = named(nameOf(object))
        return [tableOf(picture, index), index].flatMap((one) => lock(one, 'ShareUpdateExclusive'))
      })
    case 'ReindexStmt': {
      if (node['relation'] === undefined) return reindexedAll(node, picture)
      const relation = named(node['relation'])
      if (relation === undefined) return []
      const table = tableOf(picture, relation) ?? relation
      const indexes = relation === table ? indexesOf(picture, table) : [relation]
      return [table, ...indexes].flatMap((one) => lock(one, 'ShareUpdateExclusive'))
    }
    case 'AlterTableStmt': {
      const partitions = (node['cmds'] ?? []).flatMap(({ AlterTableCmd: command }: Node) =>
        lock(named(command?.def?.PartitionCmd?.name), 'AccessExclusive'),
      )
      return [...lock(named(node['relation']), 'ShareUpdateExclusive'), ...partitions]
    }
    case 'VacuumStmt': {
      const isFull = (node['options'] ?? []).some(({ DefElem: option }: Node) => option?.defname === 'full')
      const mode = isFull ? 'AccessExclusive' : 'ShareUpdateExclusive'
      const relations = (node['rels'] ?? []).map(({ VacuumRelation }: Node) =>
        named(VacuumRelation?.relation),
      )
      const all = [...picture.values()].filter(({ kind }) => kind === 'r' || kind === 'm')
      return (relations.length === 0 ? all : relations).flatMap((one: PicturedRelation | undefined) => [
        ...lock(one, mode),
        ...(isFull && one !== undefined ? indexesOf(picture, one).flatMap((index) => lock(index, mode)) : []),
      ])
    }
    default:
      return []
  }
}

/** A schema or a database: a table after the other, each in a transaction of its own. */
function reindexedAll(node: Node, picture: Picture): readonly FixedLock[] {
  const isConcurrent = (node['params'] ?? []).some(
    ({ DefElem: option }: Node) => option?.defname === 'concurrently',
  )
  const isOfSchema = node['kind'] === 'REINDEX_OBJECT_SCHEMA'
  return [...picture.values()]
    .filter(({ kind, schema }) => 'rm'.includes(kind) && (!isOfSchema || schema === node['name']))
    .flatMap((table) => [
      { relation: table, mode: isConcurrent ? ('ShareUpdateExclusive' as const) : ('Share' as const) },
      ...indexesOf(picture, table).map((relation) => ({
        relation,
        mode: isConcurrent ? ('ShareUpdateExclusive' as const) : ('AccessExclusive' as const),
      })),
    ])
}

/** Whether such a statement writes tables anew under a lock that closes them. */
export function isFullVacuum({ kind, node }: StatementTree): boolean {
  return (
    kind === 'VacuumStmt' &&
    (node['options'] ?? []).some(({ DefElem: option }: Node) => option?.defname === 'full')
  )
}

/** A relation as a statement names it; without a schema, the one that is called so. */
export function find(picture: Picture, relation: Node | undefined): PicturedRelation | undefined {
  if (relation === undefined) return undefined
  const { relname, schemaname } = relation
  const called = [...picture.values()].filter(({ name }) => name === relname)
  if (schemaname !== undefined) return called.find(({ schema }) => schema === schemaname)
  return called.find((one) => relationName(one) === relname) ?? called[0]
}

/** A name in the list of a DROP as a relation. */
export function nameOf(object: Node): Node {
  const names = (object['List']?.items ?? []).map((item: Node) => String(item['String']?.sval))
  return { relname: names.at(-1), ...(names.length > 1 ? { schemaname: names.at(-2) } : {}) }
}

function tableOf(picture: Picture, index: PicturedRelation | undefined): PicturedRelation | undefined {
  return index?.table == null ? undefined : picture.get(index.table)
}

function indexesOf(picture: Picture, { oid }: PicturedRelation): readonly PicturedRelation[] {
  return [...picture.values()].filter(({ table }) => table === oid)
}
