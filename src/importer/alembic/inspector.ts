import { quoteLiteral } from '../../sql/literal.ts'
import { residualOf } from '../python/code.ts'
import { refuse } from '../python/evaluation.ts'
import { derived } from '../python/operators.ts'
import { Foreign, Native, Residual, type Value } from '../python/value.ts'
import { concat, type Piece, parameter, raw } from '../sqlalchemy/piece.ts'
import { type Context, contextOf } from './context.ts'
import { ask } from './execute.ts'

/** SQLAlchemy's inspector: each question is a query of the catalog. */
export class Inspector extends Foreign {
  readonly what = 'an inspector'
  attribute(name: string): Value | undefined {
    if (name === 'has_table')
      return new Native(name, ({ positional: [table = null, schema = null], named }, evaluation) =>
        hasTable(table, named.get('schema') ?? schema, contextOf(evaluation)),
      )
    if (name === 'bind' || name === 'engine' || name === 'dialect') return undefined
    const question = Object.hasOwn(questions, name) ? questions[name] : undefined
    if (question === undefined) return undefined
    return new Native(name, ({ positional, named }, evaluation) => {
      const [first = named.get('table_name') ?? null, second = null] = positional
      const isOfTable = question.ofTable
      const schema = named.get('schema') ?? (isOfTable ? second : first)
      return answer(question, isOfTable ? first : null, schema, contextOf(evaluation))
    })
  }
}

/** Whether a table is there, as an expression of the run's. */
export function hasTable(table: Value, schema: Value, context: Context): Residual {
  const kinds = kindIs('r', 'p', 'f', 'v', 'm')
  const query = concat(
    `SELECT 1 AS found FROM pg_class WHERE ${kinds} AND relname = `,
    value(table),
    ' AND ',
    inSchema(schema),
  )
  const rows = ask(query, ['found'], context)
  return derived(`${rows.code}.length > 0`, 'boolean', rows)
}

function answer({ sql, sort, map, one }: Question, table: Value, schema: Value, context: Context): Residual {
  const rows = ask(sql(table, schema), null, context)
  if (one === true)
    return new Residual(`(${rows.code}[0] ?? { name: null, constrained_columns: [] })`, {
      sort: 'dict',
      queries: rows.queries,
      simple: true,
    })
  if (map === undefined) return new Residual(rows.code, { sort: 'list', items: sort, queries: rows.queries })
  const code = `${rows.code}.map((row: any) => ${map})`
  return new Residual(code, { sort: 'list', items: sort, queries: rows.queries, simple: true })
}

type Question = {
  readonly ofTable: boolean
  readonly sort: 'text' | 'dict'
  readonly map?: string
  /** It gives one object, which is empty where there is none. */
  readonly one?: true
  sql(table: Value, schema: Value): Piece
}

function names(...kinds: readonly string[]): Question {
  return {
    ofTable: false,
    sort: 'text',
    map: 'row.name',
    sql: (_, schema) =>
      concat(
        'SELECT relname AS name FROM pg_class WHERE ',
        kindIs(...kinds),
        ' AND ',
        inSchema(schema),
        ' ORDER BY 1',
      ),
  }
}

/** The names of a key's columns, in order. */
function columnsOf(key: string, relation: string): string {
  return `ARRAY(SELECT attname::text FROM unnest(${key}) WITH ORDINALITY AS k (n, at) JOIN pg_attribute ON attrelid = ${relation} AND attnum = n ORDER BY at)`
}

/** Constraints of a table of one kind, with their columns. */
function constraints(kind: string, more = ''): Question {
  return {
    ofTable: true,
    sort: 'dict',
    sql: (table, schema) =>
      concat(
        `SELECT conname AS name, ${columnsOf('conkey', 'conrelid')} AS column_names${more} FROM pg_constraint WHERE contype = ${quoteLiteral(kind)} AND conrelid = `,
        relation(table, schema),
        ' ORDER BY conname',
      ),
  }
}

const questions: { readonly [name: string]: Question } = {
  get_table_names: names('r', 'p'),
  get_view_names: names('v'),
  get_materialized_view_names: names('m'),
  get_sequence_names: names('S'),
  get_schema_names: {
    ofTable: false,
    sort: 'text',
    map: 'row.name',
    sql: () => raw("SELECT nspname AS name FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' ORDER BY 1"),
  },
  get_columns: {
    ofTable: true,
    sort: 'dict',
    sql: (table, schema) =>
      concat(
        'SELECT attname AS name, NOT attnotnull AS nullable, pg_get_expr(adbin, adrelid) AS "default", col_description(attrelid, attnum) AS comment FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped AND attrelid = ',
        relation(table, schema),
        ' ORDER BY attnum',
      ),
  },
  get_indexes: {
    ofTable: true,
    sort: 'dict',
    sql: (table, schema) =>
      concat(
        'SELECT c.relname AS name, i.indisunique AS unique, ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, false) FROM generate_series(1, i.indnkeyatts) AS n) AS column_names FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid WHERE NOT i.indisprimary AND i.indrelid = ',
        relation(table, schema),
        ' ORDER BY 1',
      ),
  },
  get_pk_constraint: {
    ...constraints('p', `, ${columnsOf('conkey', 'conrelid')} AS constrained_columns`),
    one: true,
  },
  get_unique_constraints: constraints('u'),
  get_check_constraints: constraints('c', ', pg_get_expr(conbin, conrelid) AS sqltext'),
  get_foreign_keys: constraints(
    'f',
    `, ${columnsOf('conkey', 'conrelid')} AS constrained_columns, ${columnsOf('confkey', 'confrelid')} AS referred_columns, (SELECT relname FROM pg_class WHERE oid = confrelid) AS referred_table`,
  ),
  get_enums: {
    ofTable: false,
    sort: 'dict',
    sql: (_, schema) =>
      concat(
        "SELECT typname AS name, ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = pg_type.oid ORDER BY enumsortorder) AS labels FROM pg_type WHERE typtype = 'e' AND ",
        schema === null
          ? 'pg_type_is_visible(oid)'
          : concat('typnamespace = ', value(schema), '::regnamespace'),
        ' ORDER BY 1',
      ),
  },
}

function kindIs(...kinds: readonly string[]): string {
  return `relkind IN (${kinds.map(quoteLiteral).join(', ')})`
}

/** The default schema is the one that names are made in. */
function inSchema(schema: Value): Piece {
  return concat('relnamespace = ', schema === null ? 'current_schema()' : value(schema), '::regnamespace')
}

function relation(table: Value, schema: Value): Piece {
  return concat('(SELECT oid FROM pg_class WHERE relname = ', value(table), ' AND ', inSchema(schema), ')')
}

function value(of: Value): Piece {
  const residual = residualOf(of)
  if (residual !== null) return parameter(residual)
  return typeof of === 'string' ? raw(quoteLiteral(of)) : refuse('a table that is no known text')
}
