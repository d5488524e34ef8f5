import type { LockMode } from './locks.ts'
import type { Measured, Relation } from './measure.ts'
import type { MigrationStatement } from './migration.ts'

type Relations = {
  readonly all: ReadonlyMap<number, Relation>
  readonly byName: ReadonlyMap<string, Relation>
}

/**
 * What a statement locks that refuses a transaction: facts that were sampled from a second session beside waiting ones, and not
 * what this run has seen. The moment in which an old index is taken away is left out.
 */
export function knownLocks(
  { kind, node }: MigrationStatement,
  all: ReadonlyMap<number, Relation>,
): Measured['known'] {
  const byName = new Map([...all.values()].map((relation) => [relation.name, relation]))
  return byKind[kind]?.(node, { all, byName }) ?? []
}

type Node = MigrationStatement['node']

const byKind: Readonly<Record<string, (node: Node, relations: Relations) => Measured['known']>> = {
  IndexStmt: (node, relations) => locks(named([node['relation']], relations), 'ShareUpdateExclusive'),
  DropStmt(node, relations) {
    const indexes = (node['objects'] as object[]).flatMap((object) => found(listName(object), relations))
    const tables = indexes.map((index) => tableOf(index, relations))
    return locks([...tables, ...indexes], 'ShareUpdateExclusive')
  },
  ReindexStmt(node, relations) {
    if (node['kind'] === 'REINDEX_OBJECT_SCHEMA') return reindexedSchema(node, relations)
    const reindexed = named([node['relation']], relations)
    const tables = reindexed.map((relation) => tableOf(relation, relations))
    return locks([...tables, ...indexesOf(reindexed, relations)], 'ShareUpdateExclusive')
  },
  VacuumStmt(node, relations) {
    const targets = (node['rels'] ?? []) as { VacuumRelation: { relation: unknown } }[]
    const tables = named(
      targets.map(({ VacuumRelation }) => VacuumRelation.relation),
      relations,
    )
    const isFull = JSON.stringify(node['options'] ?? []).includes('"defname":"full"')
    if (!isFull) return locks(tables, 'ShareUpdateExclusive')
    return locks([...tables, ...indexesOf(tables, relations)], 'AccessExclusive')
  },
  /** DETACH PARTITION … CONCURRENTLY. */
  AlterTableStmt(node, relations) {
    const [command] = node['cmds'] as { AlterTableCmd: { def: { PartitionCmd: { name: unknown } } } }[]
    const parent = named([node['relation']], relations)
    const partition = named([command?.AlterTableCmd.def.PartitionCmd.name], relations)
    return [...locks(parent, 'ShareUpdateExclusive'), ...locks(partition, 'AccessExclusive')]
  },
}

/** A table after the other, each in a transaction of its own: like REINDEX TABLE, which closes the indexes. */
function reindexedSchema(node: Node, relations: Relations): Measured['known'] {
  const prefix = node['name'] === 'public' ? '' : `${node['name']}.`
  const tables = [...relations.all.values()].filter(
    ({ kind, name }) =>
      'rm'.includes(kind) && name.startsWith(prefix) && !name.slice(prefix.length).includes('.'),
  )
  const indexes = indexesOf(tables, relations)
  if (JSON.stringify(node['params'] ?? []).includes('"concurrently"'))
    return locks([...tables, ...indexes], 'ShareUpdateExclusive')
  return [...locks(tables, 'Share'), ...locks(indexes, 'AccessExclusive')]
}

function locks(relations: readonly Relation[], mode: LockMode): Measured['known'] {
  return relations.map(({ oid }) => ({ oid, mode }))
}

function named(ranges: readonly unknown[], relations: Relations): readonly Relation[] {
  return ranges.flatMap((range) => {
    const { schemaname, relname } = range as { schemaname?: string; relname: string }
    return found(schemaname && schemaname !== 'public' ? `${schemaname}.${relname}` : relname, relations)
  })
}

function found(name: string, { byName }: Relations): readonly Relation[] {
  const relation = byName.get(name)
  return relation ? [relation] : []
}

function listName(object: object): string {
  const { List } = object as { List: { items: Record<'String', { sval: string }>[] } }
  const names = List.items.map((item) => item.String.sval)
  return names.filter((name) => name !== 'public').join('.')
}

function tableOf(relation: Relation, { all }: Relations): Relation {
  return all.get(relation.table ?? relation.oid) ?? relation
}

/** Of tables those that they have, of indexes themselves. */
function indexesOf(relations: readonly Relation[], { all }: Relations): readonly Relation[] {
  const oids = relations.map(({ oid }) => oid)
  return [...all.values()].filter(
    ({ oid, table }) => table !== null && (oids.includes(table) || oids.includes(oid)),
  )
}
