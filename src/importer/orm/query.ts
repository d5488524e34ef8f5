import { type Context, contextOf } from '../alembic/context.ts'
import { ask, counted } from '../alembic/execute.ts'
import { type Evaluation, refuse, say, use } from '../python/evaluation.ts'
import { itemOf } from '../python/item.ts'
import { residualMember } from '../python/residual-methods.ts'
import {
  type Arguments,
  Dict,
  dictOf,
  Foreign,
  List,
  Native,
  none,
  Residual,
  Term,
  Tuple,
  type Value,
} from '../python/value.ts'
import { changePiece } from '../sqlalchemy/dml.ts'
import { columnOf, expressionPiece } from '../sqlalchemy/expression.ts'
import { concat } from '../sqlalchemy/piece.ts'
import { aliasOf, tablesIn } from '../sqlalchemy/select.ts'
import { columnNamesOf, tableOf } from '../sqlalchemy/table.ts'
import { nameOf } from '../sqlalchemy/term.ts'
import { callOf, callOn, columnTerm, equals, keyOfModel, modelOf } from './model.ts'
import { askEntities } from './rows.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** A query as it is put together: what it gives, and the `select` that asks it. */
type Parts = {
  readonly entities: readonly Value[]
  readonly statement: Term
  readonly conditions: readonly Value[]
  /** Whether it is only filtered, as one that updates or deletes has to be. */
  readonly isFiltered: boolean
  /** Whether a row may come several times. */
  readonly isJoined: boolean
}

/** `session.query(User).filter(…)`. */
export class OrmQuery extends Foreign {
  readonly what = 'a query of a session'
  readonly parts: Parts
  readonly #unit: UnitOfWork
  readonly #evaluation: Evaluation
  #rows: Residual | null = null

  constructor(parts: Parts, unit: UnitOfWork, evaluation: Evaluation) {
    super()
    this.parts = parts
    this.#unit = unit
    this.#evaluation = evaluation
  }

  attribute(name: string): Value | undefined {
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined
    if (step !== undefined) return new Native(name, (given) => this.#with(step(this.parts, given)))
    const end = Object.hasOwn(ends, name) ? ends[name] : undefined
    if (end === undefined) return undefined
    return new Native(name, (given, evaluation) => {
      this.#unit.flush(evaluation)
      return end(this, given, contextOf(evaluation))
    })
  }

  override residual(): Residual {
    this.#rows ??= this.ask()
    return this.#rows
  }

  override walk(): Value {
    return this.ask()
  }

  override item(key: Value, evaluation: Evaluation): Value {
    return itemOf(this.residual(), key, evaluation)
  }

  ask(statement: Term = this.parts.statement): Residual {
    this.#unit.flush(this.#evaluation)
    const { entities, isJoined, conditions } = this.parts
    const own = new Set(entities.flatMap(tablesIn).map(aliasOf))
    const isOfOthers = conditions.flatMap(tablesIn).some((table) => !own.has(aliasOf(table)))
    const given = { unit: this.#unit, single: true, isUnique: isJoined || isOfOthers }
    return askEntities(statement, this.parts.entities, given, contextOf(this.#evaluation))
  }

  expire(): void {
    this.#unit.expire()
  }

  #with(parts: Parts): OrmQuery {
    return new OrmQuery(parts, this.#unit, this.#evaluation)
  }
}

/** A query of these entities. */
export function queryOf(entities: readonly Value[], unit: UnitOfWork, evaluation: Evaluation): OrmQuery {
  for (const entity of entities) checkKnown(entity)
  const things = entities.flatMap(columnsOfTable)
  const statement = callOf('sa.select', things, evaluation.line)
  return new OrmQuery(
    { entities: things, statement, conditions: [], isFiltered: true, isJoined: entities.length > 1 },
    unit,
    evaluation,
  )
}

/** A model that no file of the project has is none that can be asked. */
function checkKnown(entity: Value): void {
  const name = nameOf(entity)
  if (name !== null && !/^(sa|postgresql|dialects)\./.test(name))
    refuse(`the model ${name} is in no file of the project`)
}

/** A table of Core's is asked for as all of its columns. */
function columnsOfTable(entity: Value): readonly Value[] {
  const table = entity instanceof Term ? tableOf(entity) : null
  if (table === null || !(entity instanceof Term)) return [entity]
  const holder = new Term({ is: 'attribute', of: entity, name: 'c' }, entity.line)
  return columnNamesOf(table).map((name) => new Term({ is: 'attribute', of: holder, name }, entity.line))
}

type Step = (parts: Parts, given: Arguments) => Parts

const steps: { readonly [name: string]: Step } = {
  filter: (parts, { positional }) => filtered(parts, positional),
  where: (parts, { positional }) => filtered(parts, positional),
  filter_by: (parts, { named }) => filtered(parts, conditionsBy(parts, named)),
  order_by: (parts, given) => chained(parts, 'order_by', given),
  group_by: (parts, given) => chained(parts, 'group_by', given),
  having: (parts, given) => chained(parts, 'having', given),
  limit: (parts, given) => chained(parts, 'limit', given),
  offset: (parts, given) => chained(parts, 'offset', given),
  distinct: (parts, given) => chained(parts, 'distinct', given),
  join: (parts, given) => chained(parts, 'join', given),
  outerjoin: (parts, given) => chained(parts, 'outerjoin', given),
  select_from: (parts, given) => chained(parts, 'select_from', given),
  with_for_update: (parts, given) => chained(parts, 'with_for_update', given),
  with_entities: (parts, { positional }) => ({
    ...parts,
    entities: positional,
    statement: callOn(parts.statement, 'with_only_columns', positional),
  }),
  // How objects are loaded, and not which.
  options: (parts) => parts,
  execution_options: (parts) => parts,
  enable_eagerloads: (parts) => parts,
  populate_existing: (parts) => parts,
  autoflush: (parts) => parts,
  yield_per: (parts) => parts,
}

function filtered(parts: Parts, conditions: readonly Value[]): Parts {
  if (conditions.length === 0) return parts
  return {
    ...parts,
    statement: callOn(parts.statement, 'where', conditions),
    conditions: [...parts.conditions, ...conditions],
  }
}

function chained(parts: Parts, name: string, { positional, named }: Arguments): Parts {
  const { form, line } = callOn(parts.statement, name, positional)
  const statement = form.is === 'call' ? new Term({ ...form, named }, line) : parts.statement
  const isJoined = parts.isJoined || ['join', 'outerjoin', 'select_from'].includes(name)
  return { ...parts, statement, isFiltered: false, isJoined }
}

/** `filter_by(name='x')`: of the first thing that is asked for. */
function conditionsBy({ entities, isFiltered }: Parts, named: Arguments['named']): readonly Value[] {
  const [entity] = entities
  const model = modelOf(entity)
  const column = columnOf(entity)
  if (!isFiltered) return refuse('filter_by after a join, or after what sorts and cuts')
  return [...named].map(([name, value]) => {
    if (model !== null)
      return equals(
        columnTerm(model, model.columns.get(name) ?? refuse(`${model.of.name} has no ${name}`)),
        value,
        0,
      )
    if (column?.table == null || !(entity instanceof Term) || entity.form.is !== 'attribute')
      return refuse('filter_by of what is asked for here')
    return equals(new Term({ is: 'attribute', of: entity.form.of, name }, entity.line), value, 0)
  })
}

type End = (query: OrmQuery, given: Arguments, context: Context) => Value

const ends: { readonly [name: string]: End } = {
  all: (query) => query.ask(),
  first: (query) => firstOf(query.ask(callOn(query.parts.statement, 'limit', [1]))),
  one: (query, _, { evaluation }) => {
    const rows = query.ask()
    const text = `if (${use(rows)}.length !== 1) throw new Error('One row was to be found.')`
    say(evaluation, { say: 'code', text })
    return firstOf(rows)
  },
  one_or_none: (query) => firstOf(query.ask()),
  scalar: (query, _, { evaluation }) => {
    const scalar = residualMember(query.ask(), 'scalar', evaluation)
    return scalar instanceof Native ? scalar.call(none, evaluation) : refuse('the scalar of this query')
  },
  get: (query, { positional: [key = null] }) => {
    const { entities, statement } = query.parts
    const model = modelOf(entities[0]) ?? refuse('get of what is no model')
    const keys = keyOfModel(model)
    const values = keys.length === 1 ? [key] : key instanceof Tuple || key instanceof List ? key.items : []
    const conditions = keys.map((column, n) => equals(columnTerm(model, column), values[n] ?? null, 0))
    return firstOf(query.ask(callOn(statement, 'where', conditions)))
  },
  count: (query, _, context) => {
    const of = expressionPiece(query.parts.statement)
    const rows = ask(concat('SELECT count(*)::int AS count FROM (', of, ') AS counted'), ['count'], context)
    return new Residual(`${rows.code}[0].count`, { sort: 'number', queries: rows.queries, simple: true })
  },
  update: (query, { positional: [values = null], named }, context) => {
    const count = changed(query, 'update', [values], context)
    // Else objects that were read follow.
    if (named.get('synchronize_session') !== false) query.expire()
    return count
  },
  delete: (query, _, context) => changed(query, 'delete', [], context),
  subquery: ({ parts }, { positional }) => callOn(parts.statement, 'subquery', positional),
  scalar_subquery: ({ parts }) => callOn(parts.statement, 'scalar_subquery', []),
  as_scalar: ({ parts }) => callOn(parts.statement, 'scalar_subquery', []),
  label: ({ parts }, { positional }) => callOn(parts.statement, 'label', positional),
  exists: ({ parts }) => callOf('sa.exists', [parts.statement], 0),
}

/** `query.update({…})`, `query.delete()`: how many rows it was about. */
function changed(
  query: OrmQuery,
  verb: 'update' | 'delete',
  values: readonly Value[],
  context: Context,
): Value {
  const { entities, conditions, isFiltered } = query.parts
  const [entity = null] = entities
  if (!isFiltered || entities.length !== 1) refuse(`${verb} of a query that is not only filtered`)
  const target = modelOf(entity)?.term ?? (tableOf(entity) === null ? null : entity)
  if (!(target instanceof Term)) return refuse(`${verb} of what is no model`)
  const filteredBy = conditions.reduce<Term>(
    (sofar, condition) => callOn(sofar, 'where', [condition]),
    callOn(target, verb, []),
  )
  const statement =
    values.length === 0 ? filteredBy : callOn(filteredBy, 'values', [byColumn(values[0] ?? null, entity)])
  const piece = changePiece(statement, new Map()) ?? refuse('a change of rows that is not known here')
  return residualMember(counted(piece, context), 'rowcount', context.evaluation) ?? null
}

/** New values by the names of columns. */
function byColumn(values: Value, entity: Value): Dict {
  const model = modelOf(entity)
  if (!(values instanceof Dict)) return refuse('the values of an update are no known dict')
  const pairs = [...values.entries.values()].map(([key, value]): readonly [Value, Value] => {
    const column = typeof key === 'string' ? (model?.columns.get(key) ?? key) : columnOf(key)?.name
    return [column ?? refuse('a column that is not known here'), value]
  })
  return dictOf(pairs)
}

/** The first row, which may not be there. */
function firstOf(rows: Residual): Residual {
  return new Residual(`${rows.code}[0]`, {
    sort: 'row',
    columns: rows.columns,
    entity: rows.entity,
    queries: rows.queries,
    simple: true,
  })
}
