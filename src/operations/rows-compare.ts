import { columnList, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql } from '../sql/tag.ts'
import { tableName } from './relation.ts'
import { type RowExpansion, targetName } from './rows-sync.ts'

/**
 * A condition on the table's rows: neither do those that belong to one follow from its old columns, nor these from them. One
 * direction is enough, since either may lose something.
 */
export function areApart(expansion: RowExpansion): string {
  const { lacks, surplus, downDiffers } = differences(expansion)
  return `(${lacks} OR ${surplus}) AND ${downDiffers}`
}

/** A condition: the new table has rows that are not in step, such as an expansion leaves that was taken back. */
export function hasOthers(expansion: RowExpansion): string {
  const { surplus, downDiffers, belonging } = differences(expansion)
  const target = targetName(expansion)
  const source = `${tableName(expansion)} AS ${quoteIdentifier(expansion.table)}`
  return `EXISTS (SELECT FROM ${target}) AND (EXISTS (SELECT FROM ${source} WHERE ${surplus} AND ${downDiffers})
    OR EXISTS (SELECT FROM ${target} AS limbeck_row WHERE NOT EXISTS (SELECT FROM ${source} WHERE ${belonging})))`
}

/** Conditions on the table's row: rows are missing, there are others, the old columns do not follow from them. */
function differences(expansion: RowExpansion) {
  const { to, table, on } = expansion
  const target = `${targetName(expansion)} AS limbeck_row`
  const same = to.columns.map((column) => {
    const name = quoteIdentifier(column)
    return to.key.includes(column)
      ? `limbeck_made.${name} = limbeck_row.${name}`
      : `limbeck_made.${name}::text IS NOT DISTINCT FROM limbeck_row.${name}::text`
  })
  const belonging = Object.entries(on)
    .map(
      ([name, own]) =>
        `limbeck_row.${quoteIdentifier(name)} = ${quoteIdentifier(table)}.${quoteIdentifier(own)}`,
    )
    .join(' AND ')
  const made = `(${inlineSql(expansion.up)}) AS limbeck_made ${columnList(to.columns)}`
  const down = Object.entries(expansion.down).map(
    ([name, value]) =>
      `${quoteIdentifier(table)}.${quoteIdentifier(name)}::text IS DISTINCT FROM (${inlineSql(value)})::text`,
  )
  return {
    lacks: `EXISTS (SELECT FROM ${made} WHERE NOT EXISTS (SELECT FROM ${target} WHERE ${same.join(' AND ')}))`,
    surplus: `EXISTS (SELECT FROM ${target} WHERE ${belonging} AND NOT EXISTS (SELECT FROM ${made} WHERE ${same.join(' AND ')}))`,
    downDiffers: `(${down.join(' OR ')})`,
    belonging,
  }
}
