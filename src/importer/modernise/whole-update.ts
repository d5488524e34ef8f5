import { backfill } from '../../operations/registry.ts'
import type { ParsedStatement } from '../../sql/statements.ts'
import { rawSql } from '../../sql/tag.ts'
import { atCommas, pieces } from './pieces.ts'
import { executed, type Look, type Rewriting } from './rewriting.ts'

/** One UPDATE of all rows, in the transaction of the changes of the schema. */
export const wholeUpdate: Rewriting = {
  found: 'one UPDATE of all rows holds their locks, and those of the schema change beside it, to its end',
  instead: 'op.backfill, in batches, which goes on after a crash',
  rewrite([directive], look) {
    const statement = executed(directive, look)
    const made = statement === null ? null : asBackfill(statement, look)
    return made === null ? null : { directives: [made], count: 1 }
  },
}

function asBackfill({ tree: { kind, node }, text }: ParsedStatement, look: Look) {
  const { relname: table, schemaname: schema, alias } = node['relation'] ?? {}
  const isPlain =
    kind === 'UpdateStmt' &&
    alias === undefined &&
    !['fromClause', 'withClause', 'returningList', 'returningClause'].some((part) => node[part] !== undefined)
  if (!isPlain || look.isNew({ schema, table })) return null
  const set = pieces(text, look.scan).after('SET', 'WHERE')
  const where = pieces(text, look.scan).after('WHERE')
  const assignments = set === null ? [] : atCommas(set, look.scan).map((one) => assignment(one, look))
  const targets = node['targetList'] as readonly unknown[]
  if (assignments.length !== targets.length || assignments.includes(null)) return null
  return backfill({
    ...(schema === undefined ? {} : { schema }),
    table,
    set: Object.fromEntries(assignments.flatMap((one) => (one === null ? [] : [one]))),
    ...(where === null ? {} : { where: rawSql(where) }),
  })
}

function assignment(text: string, { scan }: Look) {
  const [column, sign] = scan(text)
  if (column === undefined || sign?.text !== '=' || !/^[a-z_]\w*$/.test(column.text)) return null
  return [column.text, rawSql(text.slice(sign.to).trim())] as const
}
