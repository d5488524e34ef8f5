import { derivedName, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { dollarQuote, literal } from '../sql/literal.ts'
import { inlineSql, isSql, type Sql, sql } from '../sql/tag.ts'
import type { Value } from '../sql/value.ts'
import { backfill } from './backfill.ts'
import { type Server, type Statement, type Step, statement, undoneBy } from './operation.ts'
import { inSchema, type TableReference, tableName } from './relation.ts'

/** A rule that all rows are to keep, and the values that a row gets which breaks it. */
export type Mending = TableReference & {
  /** Distinguishes it from others of the table. */
  readonly name: string
  /** Holds, or is NULL, for a row that is right. */
  readonly rule: Sql
  readonly mend: { readonly [column: string]: Value | Sql }
}

/** Statements that make the trigger by which no row is written that breaks the rule. */
export function createMending(mending: Mending): readonly string[] {
  const { function: mend, trigger } = names(mending)
  const row = `FROM (SELECT NEW.*) AS ${quoteIdentifier(mending.table)}`
  const values = Object.values(mending.mend).map((value) =>
    isSql(value) ? inlineSql(value) : literal(value),
  )
  const targets = Object.keys(mending.mend).map((column) => `NEW.${quoteIdentifier(column)}`)
  return [
    `CREATE FUNCTION ${mend}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS ${dollarQuote(`
#variable_conflict use_column
BEGIN
  IF (SELECT (${inlineSql(mending.rule)}) IS FALSE ${row}) THEN
    SELECT ${values.join(', ')} INTO ${targets.join(', ')} ${row};
  END IF;
  RETURN NEW;
END
`)}`,
    `CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${tableName(mending)} FOR EACH ROW EXECUTE FUNCTION ${mend}()`,
  ]
}

/** Makes the trigger; of what is taken back it goes first. */
export function mendingSteps(mending: Mending): readonly Statement[] {
  return undoneBy(
    dropMending(mending).map((text) => statement(text)),
    createMending(mending).map((text) => statement(text)),
  )
}

export function dropMending(mending: Pick<Mending, 'schema' | 'table' | 'name'>): readonly string[] {
  const { function: mend, trigger } = names(mending)
  return [`DROP TRIGGER ${trigger} ON ${tableName(mending)}`, `DROP FUNCTION ${mend}()`]
}

/** Mends the rows that are there, in batches. */
export function mendRows({ schema, table, rule, mend }: Mending, server: Server): readonly Step[] {
  const where = sql`(${rule}) IS FALSE`
  return backfill.definition.steps({ ...inSchema({ schema }), table, set: mend, where }, server)
}

/** Triggers fire in the order of their names; this one sees what others have made of the row. */
function names({ table, name, ...schema }: Pick<Mending, 'schema' | 'table' | 'name'>) {
  const mend = derivedName('limbeck', 'mend', table, name)
  return {
    function: qualifiedName({ ...inSchema(schema), name: mend }),
    trigger: quoteIdentifier(derivedName('zz', mend)),
  }
}
