import { clauses } from '../sql/clauses.ts'
import { columnList, derivedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { inlineSql, rawSql, type Sql } from '../sql/tag.ts'
import { execute } from './execute.ts'
import { type CopySource, type Directive, needsOf, type Operation, operation } from './operation.ts'
import { lockOn, type TableReference, tableName } from './relation.ts'

export type CopyFrom = TableReference & {
  /** The columns that the data has, in its order; all of the table's if left out, but for generated ones. */
  readonly columns?: readonly string[]
  /**
   * `{ file: 'data/countries.csv' }`, seen from the revision's folder and read by Limbeck, not by the server; or
   * `{ stream: () => … }`, called again when the transaction is tried again.
   */
  readonly from: CopySource
  /** Whether the first line is a header, which is skipped; `match`: whose names have to be those of the columns (15). In text from 15 on. */
  readonly header?: boolean | 'match'
  /** The character between two columns: a tab in text, a comma in CSV. */
  readonly delimiter?: string
  /** What stands for NULL: `\N` in text, an empty value without quotes in CSV. */
  readonly null?: string
  /** What stands for the column's default (16). */
  readonly default?: string
  /** The data's encoding, such as `latin1`. Without it the data is UTF-8. */
  readonly encoding?: string
  /** What happens to a row with a value that is none of its column's type: `stop` the revision, or `ignore` the row (17). */
  readonly onError?: 'stop' | 'ignore'
  /** Stop after all where more rows than this are ignored (18). */
  readonly rejectLimit?: number
  /** Whether the server tells of each row that it ignores, in a notice (17; `silent` 18). */
  readonly logVerbosity?: 'default' | 'verbose' | 'silent'
  /** Stores rows as if they had been vacuumed; for a table that the same revision makes or empties. */
  readonly freeze?: boolean
  /** Only rows for which this holds are stored. */
  readonly where?: Sql
  /** The columns by which the rows are found again when the revision is undone, from the same data. */
  readonly key?: readonly string[]
  /** What undoes it, instead of `key`; null where there is nothing to undo. */
  readonly inverse?: string | Sql | null
} & (TextFormat | CsvFormat)

type TextFormat = { readonly format?: 'text' } & {
  readonly [Option in Exclude<keyof CsvFormat, 'format'>]?: never
}
type CsvFormat = {
  readonly format: 'csv'
  readonly quote?: string
  readonly escape?: string
  /** Columns whose `null` text is NULL in quotes too; `*` for all (17). */
  readonly forceNull?: readonly string[] | '*'
  /** Columns whose `null` text is that text, and not NULL; `*` for all (17). */
  readonly forceNotNull?: readonly string[] | '*'
}

/**
 * Reads rows from a file or a stream into a table with COPY, which is the fastest way, in the transaction of what stands around it.
 * The server never sees the file: no privilege is needed for it. Takes RowExclusive.
 * https://www.postgresql.org/docs/current/sql-copy.html
 */
export const copyFrom: Operation<'copyFrom', CopyFrom> = operation('copyFrom', {
  title: (fields) => `copy ${sourceName(fields.from)} into ${fields.table}`,
  steps: (fields) => [
    { run: 'statement', sql: rawSql(copySql(fields)), transaction: 'shared', rows: fields.from },
  ],
  inverse: inverseOf,
  needs: (fields) =>
    needsOf(
      [fields.header && fields.format !== 'csv', 'a header in the text format', 15],
      [fields.header === 'match', 'HEADER MATCH', 15],
      [fields.default, 'COPY … DEFAULT', 16],
      [fields.onError, 'ON_ERROR', 17],
      [fields.logVerbosity, 'LOG_VERBOSITY', 17],
      [fields.logVerbosity === 'silent', 'LOG_VERBOSITY silent', 18],
      [fields.rejectLimit, 'REJECT_LIMIT', 18],
      [fields.forceNull === '*', 'FORCE_NULL *', 17],
      [fields.forceNotNull === '*', 'FORCE_NOT_NULL *', 17],
    ),
  locks: (fields) => [lockOn(fields, 'RowExclusive')],
  examples: [
    {
      given: 'CREATE TABLE countries (code text PRIMARY KEY, name text, people bigint, note text)',
      fields: {
        table: 'countries',
        columns: ['code', 'name', 'people', 'note'],
        from: { file: 'data/countries.csv' },
        format: 'csv',
        header: true,
        forceNotNull: ['note'],
        key: ['code'],
      },
    },
    {
      given: 'CREATE SCHEMA app; CREATE TABLE app."Numbers" (id int, name text)',
      fields: {
        schema: 'app',
        table: 'Numbers',
        from: {
          async *stream() {
            for (let n = 1; n <= 3; n++) yield `${n}|number ${n}\n`
          },
        },
        delimiter: '|',
        null: '',
        encoding: 'utf8',
        where: { sql: ['id > ', ''], values: [1] },
        inverse: 'DELETE FROM app."Numbers"',
      },
    },
    {
      given: 'CREATE TABLE t (a int DEFAULT 7, b text, c text)',
      fields: {
        table: 't',
        from: { stream: () => ["a;b;c\nnone;'it~'s';''\nx;y;z\n"] },
        format: 'csv',
        header: 'match',
        delimiter: ';',
        quote: "'",
        escape: '~',
        default: 'none',
        forceNull: '*',
        onError: 'ignore',
        logVerbosity: 'verbose',
        rejectLimit: 1,
      },
    },
  ],
})

function sourceName(from: CopySource): string {
  return 'stream' in from ? 'a stream' : from.file
}

function copySql(fields: CopyFrom): string {
  return clauses(
    `COPY ${tableName(fields)}`,
    fields.columns !== undefined && columnList(fields.columns),
    `FROM STDIN WITH (${copyOptions(fields).join(', ')})`,
    fields.where !== undefined && `WHERE ${inlineSql(fields.where)}`,
  )
}

function copyOptions(fields: CopyFrom): readonly string[] {
  const text = (name: string, value: string | undefined) =>
    value !== undefined && `${name} ${quoteLiteral(value)}`
  return [
    `FORMAT ${fields.format ?? 'text'}`,
    fields.header !== undefined && `HEADER ${String(fields.header).toUpperCase()}`,
    text('DELIMITER', fields.delimiter),
    text('NULL', fields.null),
    text('DEFAULT', fields.default),
    text('QUOTE', fields.quote),
    text('ESCAPE', fields.escape),
    fields.forceNull !== undefined && `FORCE_NULL ${columnsOrAll(fields.forceNull)}`,
    fields.forceNotNull !== undefined && `FORCE_NOT_NULL ${columnsOrAll(fields.forceNotNull)}`,
    text('ENCODING', fields.encoding ?? 'UTF8'),
    fields.onError !== undefined && `ON_ERROR ${fields.onError}`,
    fields.rejectLimit !== undefined && `REJECT_LIMIT ${fields.rejectLimit}`,
    fields.logVerbosity !== undefined && `LOG_VERBOSITY ${fields.logVerbosity}`,
    fields.freeze === true && 'FREEZE',
  ].filter((option) => option !== false)
}

function columnsOrAll(columns: readonly string[] | '*'): string {
  return columns === '*' ? '*' : columnList(columns)
}

function inverseOf(fields: CopyFrom) {
  const { key, inverse } = fields
  if (inverse !== undefined) return inverse === null ? [] : [execute({ sql: inverse })]
  if (key !== undefined) return deleteCopied(fields, key)
  return {
    irreversible: `Nothing says how the rows in ${fields.table} are found again: give "key" or "inverse" to copyFrom.`,
  }
}

/** The data is read once more, into a table that is gone with the transaction, and says which rows are to go. */
function deleteCopied(fields: CopyFrom, key: readonly string[]): readonly Directive[] {
  const copied = derivedName('limbeck_copied', fields.table)
  const copiedName = `pg_temp.${quoteIdentifier(copied)}`
  const { key: _key, freeze: _freeze, ...copying } = fields
  const matches = key.map((column) => `gone.${quoteIdentifier(column)} = row.${quoteIdentifier(column)}`)
  const sqlOnly = (sql: string) => execute({ sql, inverse: null })
  return [
    sqlOnly(`CREATE TEMPORARY TABLE ${quoteIdentifier(copied)} ${copyOfTable(fields)}`),
    copyFrom({ ...copying, schema: 'pg_temp', table: copied, inverse: null }),
    sqlOnly(
      `DELETE FROM ${tableName(fields)} AS gone USING ${copiedName} AS row WHERE ${matches.join(' AND ')}`,
    ),
    sqlOnly(`DROP TABLE ${copiedName}`),
  ]
}

/** With no more than the columns that the data has; a default may stand for one of its values. */
function copyOfTable({ columns, ...table }: CopyFrom): string {
  if (columns === undefined) return `(LIKE ${tableName(table)} INCLUDING GENERATED)`
  const names = columns.map(quoteIdentifier).join(', ')
  return `AS SELECT ${names} FROM ${tableName(table)} WITH NO DATA`
}
