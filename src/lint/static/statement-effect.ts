import type { LockMode } from '../../operations/operation.ts'
import type { Node, ParsedStatement } from '../../sql/statements.ts'
import { nameOf } from '../../trace/fixed-locks.ts'
import { hasOption, tableName } from '../tree.ts'
import { effectOfAlter } from './alter-table.ts'
import { type Effect, goneColumn, goneRelation, textOf } from './effect.ts'

/** What a statement does for certain; nothing for one of which its tree tells nothing. */
export function effectOf({ tree, transaction }: ParsedStatement): Effect {
  const { kind, node } = tree
  if (kind === 'AlterTableStmt') return isOfTables(node) ? effectOfAlter(tree) : {}
  return effects[kind]?.(node, transaction) ?? {}
}

function isOfTables(node: Node): boolean {
  return ['OBJECT_TABLE', 'OBJECT_MATVIEW', 'OBJECT_VIEW'].includes(node['objtype'])
}

function locked(relation: Node | undefined, mode: LockMode): Pick<Effect, 'locks'> {
  return relation === undefined ? {} : { locks: [{ relation: tableName(relation), mode }] }
}

const effects: { readonly [kind: string]: (node: Node, need: ParsedStatement['transaction']) => Effect } = {
  IndexStmt(node) {
    const table = tableName(node['relation'])
    if (node['concurrent'] === true) return locked(node['relation'], 'ShareUpdateExclusive')
    const index = String(node['idxname'] ?? `${table}_idx`)
    return { ...locked(node['relation'], 'Share'), indexesBuilt: [{ index, table }] }
  },
  CreateStmt: (node) => made(node['relation'], node['partspec'] === undefined ? 'r' : 'p'),
  CreateTableAsStmt: (node) => made(node['into']?.rel, node['objtype'] === 'OBJECT_MATVIEW' ? 'm' : 'r'),
  ViewStmt: (node) => (node['replace'] === true ? {} : made(node['view'], 'v')),
  CreateSeqStmt: (node) => made(node['sequence'], 'S'),
  DropStmt(node) {
    if (!droppable.includes(node['removeType'])) return droppedOther(node)
    const relations = (node['objects'] ?? []).map((object: Node) => tableName(nameOf(object)))
    return {
      locks: relations.map((relation: string) => ({ relation, mode: 'AccessExclusive' })),
      changes: relations.map((relation: string) => ({ is: 'dropped', relation })),
      broken: relations.map(goneRelation),
    }
  },
  RenameStmt(node) {
    const { renameType, relation, subname, newname } = node
    const table = tableName(relation)
    if (renameType === 'OBJECT_COLUMN')
      return {
        ...locked(relation, 'AccessExclusive'),
        changes: [{ is: 'column renamed', relation: table, column: subname, to: newname }],
        broken: [goneColumn(table, subname)],
      }
    if (!droppable.includes(renameType)) return {}
    const to = tableName({ ...relation, relname: newname })
    return {
      ...locked(relation, 'AccessExclusive'),
      changes: [{ is: 'renamed', relation: table, to }],
      broken: [goneRelation(table)],
    }
  },
  AlterObjectSchemaStmt({ objectType, relation, newschema }) {
    if (!droppable.includes(objectType)) return {}
    const table = tableName(relation)
    return {
      ...locked(relation, 'AccessExclusive'),
      changes: [{ is: 'renamed', relation: table, to: tableName({ ...relation, schemaname: newschema }) }],
      broken: [goneRelation(table)],
    }
  },
  TruncateStmt: (node) => ({
    locks: (node['relations'] ?? []).map(({ RangeVar }: Node) => ({
      relation: tableName(RangeVar),
      mode: 'AccessExclusive',
    })),
  }),
  UpdateStmt: (node) => changedRows(node, 'updates'),
  DeleteStmt: (node) => changedRows(node, 'deletes'),
  InsertStmt: (node) => locked(node['relation'], 'RowExclusive'),
  LockStmt: (node) => ({
    locks: (node['relations'] ?? []).map(({ RangeVar }: Node) => ({
      relation: tableName(RangeVar),
      mode: explicitModes[Number(node['mode']) - 1] ?? 'AccessExclusive',
    })),
  }),
  CreateTrigStmt: (node) => locked(node['relation'], 'ShareRowExclusive'),
  RuleStmt: (node) => locked(node['relation'], 'AccessExclusive'),
  CreatePolicyStmt: (node) => ({
    ...locked(node['table'], 'AccessExclusive'),
    changes: [
      {
        is: 'policy',
        relation: tableName(node['table']),
        isOpen: node['qual']?.A_Const?.boolval?.boolval === true,
      },
    ],
  }),
  ClusterStmt: (node) => rewritten(node['relation']),
  VacuumStmt(node) {
    if (!hasOption(node['options'], 'full')) return {}
    const relations = (node['rels'] ?? []).map(({ VacuumRelation }: Node) =>
      tableName(VacuumRelation?.relation),
    )
    return {
      locks: relations.map((relation: string) => ({ relation, mode: 'AccessExclusive' })),
      rewrites: relations,
    }
  },
  ReindexStmt(node) {
    if (hasOption(node['params'], 'concurrently') || node['kind'] !== 'REINDEX_OBJECT_TABLE') return {}
    const table = tableName(node['relation'])
    return {
      ...locked(node['relation'], 'Share'),
      indexesBuilt: [{ index: `the indexes of ${table}`, table }],
    }
  },
  RefreshMatViewStmt(node) {
    if (node['skipData'] === true) return locked(node['relation'], 'AccessExclusive')
    return node['concurrent'] === true ? locked(node['relation'], 'Exclusive') : rewritten(node['relation'])
  },
}

const droppable: readonly unknown[] = [
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_FOREIGN_TABLE',
]

/** By their numbers, from 1 (lockdefs.h). */
const explicitModes: readonly LockMode[] = [
  'AccessShare',
  'RowShare',
  'RowExclusive',
  'ShareUpdateExclusive',
  'Share',
  'ShareRowExclusive',
  'Exclusive',
  'AccessExclusive',
]

function made(relation: Node | undefined, kind: string): Effect {
  return relation === undefined ? {} : { changes: [{ is: 'created', relation: tableName(relation), kind }] }
}

function rewritten(relation: Node | undefined): Effect {
  return relation === undefined
    ? {}
    : { ...locked(relation, 'AccessExclusive'), rewrites: [tableName(relation)] }
}

/** Without a condition it is all of them. */
function changedRows(node: Node, how: 'updates' | 'deletes'): Effect {
  const table = tableName(node['relation'])
  const isAll = node['whereClause'] === undefined && node['fromClause'] === undefined
  return { ...locked(node['relation'], 'RowExclusive'), ...(isAll ? { scans: [table], [how]: [table] } : {}) }
}

/** Functions and types, as somebody calls them. */
function droppedOther(node: Node): Effect {
  const kinds: { readonly [kind: string]: string } = {
    OBJECT_FUNCTION: '42883',
    OBJECT_PROCEDURE: '42883',
    OBJECT_TYPE: '42704',
    OBJECT_DOMAIN: '42704',
  }
  const sqlState = kinds[node['removeType']]
  if (sqlState === undefined) return {}
  return {
    broken: (node['objects'] ?? []).map((object: Node) => {
      const [inner] = Object.values(object) as readonly Node[]
      const name = textOf((inner?.['objname'] ?? inner?.['names'] ?? inner?.['items'] ?? []).at(-1))
      return { relation: name, query: `use of ${name}`, sqlState, message: `"${name}" does not exist` }
    }),
  }
}
