import type { PartitionBy, PartitionKey } from '../operations/table-definition.ts'
import { splitList } from './expression-list.ts'
import type { Reading } from './object-kind.ts'
import { namedObjectOf, type ObjectNameRow, objectNameRow } from './object-name.ts'
import { printedSql } from './printed.ts'

/** How a table is partitioned; null throughout for one that is not. */
export type PartitionKeyRow = {
  readonly strategy: PartitionBy['strategy'] | null
  /** `RANGE (at, lower(name))` */
  readonly key_text: string | null
  readonly key: readonly KeyRow[] | null
}

type KeyRow = {
  /** null for an expression. */
  readonly column: string | null
  /** Those that are not what the column or its type has. */
  readonly collation: ObjectNameRow | null
  readonly operator_class: string | null
}

export const partitionKeyColumns = (
  table: string,
  key: string,
) => `CASE ${key}.partstrat WHEN 'r' THEN 'range' WHEN 'l' THEN 'list' WHEN 'h' THEN 'hash' END AS strategy,
  CASE WHEN ${key}.partrelid IS NOT NULL THEN pg_get_partkeydef(${table}.oid) END AS key_text,
  (SELECT json_agg(json_build_object('column', a.attname,
      'collation', CASE WHEN o.collname IS NOT NULL AND p.coll IS DISTINCT FROM a.attcollation
        AND NOT (p.attnum = 0 AND o.collname = 'default') THEN ${objectNameRow('collation', 'o.oid')} END,
      'operator_class', CASE WHEN NOT oc.opcdefault THEN CASE WHEN pg_opclass_is_visible(oc.oid) THEN quote_ident(oc.opcname)
        ELSE format('%I.%I', oc.opcnamespace::regnamespace::text, oc.opcname) END END) ORDER BY p.at)
    FROM unnest(${key}.partattrs::int2[], ${key}.partclass::oid[], ${key}.partcollation::oid[]) WITH ORDINALITY p(attnum, class, coll, at)
    LEFT JOIN pg_attribute a ON a.attrelid = ${key}.partrelid AND a.attnum = p.attnum AND p.attnum > 0
    LEFT JOIN pg_opclass oc ON oc.oid = p.class LEFT JOIN pg_collation o ON o.oid = p.coll) AS key`

export function partitionBy(
  { strategy, key, key_text }: PartitionKeyRow,
  inSchema: Reading['inSchema'],
): PartitionBy {
  const text = key_text ?? ''
  const items = splitList(text.slice(text.indexOf('(') + 1, -1))
  return {
    strategy: strategy ?? 'range',
    columns: (key ?? []).map((row, at) => partitionKey(row, items[at] ?? '', inSchema)),
  }
}

function partitionKey(
  { column, collation, operator_class }: KeyRow,
  text: string,
  inSchema: Reading['inSchema'],
): PartitionKey {
  if (column !== null && collation === null && operator_class === null) return column
  return {
    ...(column === null
      ? { expression: printedSql(expressionOf(text, operator_class, collation)) }
      : { column }),
    ...(collation === null
      ? {}
      : {
          collation: namedObjectOf(collation, inSchema),
        }),
    ...(operator_class === null ? {} : { operatorClass: operator_class }),
  }
}

/** An item without what is said of it elsewhere. */
function expressionOf(text: string, operatorClass: string | null, collation: unknown): string {
  const ordered = operatorClass === null ? text : text.slice(0, text.length - operatorClass.length).trimEnd()
  return collation === null ? ordered : ordered.slice(0, ordered.lastIndexOf(' COLLATE '))
}
