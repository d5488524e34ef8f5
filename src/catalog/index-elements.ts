import type { IndexElement, IndexKey } from '../operations/index-definition.ts'
import { withoutParentheses } from './expression-list.ts'
import type { Reading } from './object-kind.ts'
import { namedObjectOf, type ObjectNameRow, objectNameOf, objectNameRow } from './object-name.ts'
import { parametersOf } from './parameters.ts'
import { printedSql } from './printed.ts'

/** One key of an index; what is as PostgreSQL has it where nothing is said is null. */
export type IndexElementRow = {
  /** One of the two is null. */
  readonly column: string | null
  readonly expression: string | null
  readonly collation: ObjectNameRow | null
  readonly operator_class: ObjectNameRow | null
  readonly operator_class_options: readonly string[] | null
  readonly usual_class: boolean
  readonly descending: boolean
  readonly nulls_first: boolean
  /** Of an exclusion constraint. */
  readonly operator: ObjectNameRow | null
}

/** The keys of an index, of a row of pg_index. `operators`: an array of the operators of an exclusion constraint. */
export const indexElements = (
  index: string,
  operators = 'NULL::oid[]',
) => `(SELECT json_agg(json_build_object(
    'column', a.attname, 'expression', CASE WHEN key.attnum = 0 THEN pg_get_indexdef(${index}.indexrelid, key.at::int, false) END,
    'collation', CASE WHEN key.coll <> 0 AND key.coll IS DISTINCT FROM own.attcollation THEN ${objectNameRow('collation', 'key.coll')} END,
    'operator_class', CASE WHEN NOT oc.opcdefault OR ia.attoptions IS NOT NULL THEN ${objectNameRow('operator class', 'oc.oid')} END,
    'usual_class', oc.opcdefault, 'operator_class_options', ia.attoptions, 'descending', key.option & 1 = 1, 'nulls_first', key.option & 2 = 2,
    'operator', ${objectNameRow('operator', `(${operators})[key.at]`)}) ORDER BY key.at)
  FROM unnest(${index}.indkey::int2[], ${index}.indclass::oid[], ${index}.indcollation::oid[], ${index}.indoption::int2[])
    WITH ORDINALITY key(attnum, class, coll, option, at)
  LEFT JOIN pg_attribute a ON a.attrelid = ${index}.indrelid AND a.attnum = key.attnum AND key.attnum <> 0
  LEFT JOIN pg_attribute ia ON ia.attrelid = ${index}.indexrelid AND ia.attnum = key.at
  LEFT JOIN LATERAL (SELECT CASE WHEN key.attnum <> 0 THEN a.attcollation
    ELSE (SELECT typcollation FROM pg_type WHERE oid = ia.atttypid) END AS attcollation) own ON true
  LEFT JOIN pg_opclass oc ON oc.oid = key.class
  WHERE key.at <= ${index}.indnkeyatts)`

/** The names of the columns that an index stores without searching them. */
export const includedColumns = (
  index: string,
) => `CASE WHEN ${index}.indnatts > ${index}.indnkeyatts THEN (SELECT array_agg(a.attname::text ORDER BY key.at)
  FROM unnest(${index}.indkey::int2[]) WITH ORDINALITY key(attnum, at)
  JOIN pg_attribute a ON a.attrelid = ${index}.indrelid AND a.attnum = key.attnum WHERE key.at > ${index}.indnkeyatts) END`

export function indexElement(row: IndexElementRow, inSchema: Reading['inSchema']): IndexElement {
  const { column, expression, collation, operator_class, operator_class_options, descending, nulls_first } =
    row
  const options = parametersOf(operator_class_options)
  return {
    ...(column === null ? { expression: printedSql(withoutParentheses(expression ?? '')) } : { column }),
    ...(collation === null ? {} : { collation: objectNameOf(collation, inSchema) }),
    ...(operator_class === null || (row.usual_class && options === undefined)
      ? {}
      : {
          operatorClass:
            options === undefined
              ? objectNameOf(operator_class, inSchema)
              : { ...namedObjectOf(operator_class, inSchema), options },
        }),
    ...(descending ? { order: 'desc' } : {}),
    // Descending puts NULL first where nothing is said, ascending last.
    ...(nulls_first === descending ? {} : { nulls: nulls_first ? 'first' : 'last' }),
  }
}

/** A key of which there is nothing to say but its column is that column's name. */
export function indexKey(row: IndexElementRow, inSchema: Reading['inSchema']): IndexKey {
  const element = indexElement(row, inSchema)
  return 'column' in element && Object.keys(element).length === 1 ? element.column : element
}
