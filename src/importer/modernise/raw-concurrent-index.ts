import type { IndexElement, IndexKey } from '../../operations/index-definition.ts'
import type { Directive } from '../../operations/operation.ts'
import { createIndex, dropIndex } from '../../operations/registry.ts'
import type { Node, ParsedStatement } from '../../sql/statements.ts'
import { rawSql } from '../../sql/tag.ts'
import { indexElementOf } from '../alembic/index-element.ts'
import { pieces } from './pieces.ts'
import { executed, type Look, type Rewriting } from './rewriting.ts'

/** CONCURRENTLY as SQL of one's own: an interrupted build leaves an invalid index, and a partitioned table takes none. */
export const rawConcurrentIndex: Rewriting = {
  found: 'CONCURRENTLY as SQL: a killed build leaves an invalid index, and a partitioned table refuses it',
  instead: 'op.createIndex or op.dropIndex with concurrently',
  rewrite([directive], look) {
    const statement = executed(directive, look)
    const action = statement?.concurrentIndex?.action
    if (statement === null || action === undefined) return null
    const made = action === 'create' ? created(statement, look) : dropped(statement)
    return made === null ? null : { directives: [made], count: 1 }
  },
}

function created({ tree: { node }, text }: ParsedStatement, look: Look): Directive | null {
  const keys = indexKeys(text, node, look)
  const { relname: table, schemaname: schema } = node['relation'] ?? {}
  if (keys === null || typeof node['idxname'] !== 'string' || node['options'] !== undefined) return null
  const where = pieces(text, look.scan).after('WHERE')
  const include = (node['indexIncludingParams'] as readonly Node[] | undefined)?.map(
    (one) => one['IndexElem']?.name,
  )
  const method = node['accessMethod'] as string | undefined
  return createIndex({
    ...(schema === undefined ? {} : { schema }),
    table,
    name: node['idxname'],
    columns: keys,
    ...(node['unique'] === true ? { unique: true } : {}),
    ...(method === undefined || method === 'btree' ? {} : { using: method }),
    ...(include === undefined ? {} : { include }),
    ...(node['nulls_not_distinct'] === true ? { nullsNotDistinct: true } : {}),
    ...(node['whereClause'] === undefined || where === null ? {} : { where: rawSql(where) }),
    concurrently: true,
  })
}

function indexKeys(text: string, node: Node, look: Look): readonly (IndexKey | IndexElement)[] | null {
  const list = pieces(text, look.scan).firstList()
  const count = (node['indexParams'] as readonly Node[] | undefined)?.length
  return list.length === count ? list.map((piece) => indexElementOf(piece, look.parse)) : null
}

function dropped({ concurrentIndex, tree: { node } }: ParsedStatement): Directive | null {
  if (concurrentIndex === null || concurrentIndex.name === null || node['objects']?.length !== 1) return null
  const { schema, name } = concurrentIndex
  return dropIndex({ ...(schema === null ? {} : { schema }), name, concurrently: true })
}
