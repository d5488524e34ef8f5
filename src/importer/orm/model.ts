import { refuse } from '../python/evaluation.ts'
import { ClassValue, Instance, Term, type Value } from '../python/value.ts'
import { columnOf } from '../sqlalchemy/expression.ts'
import { columnNamesOf, type TableTerm, tableOf } from '../sqlalchemy/table.ts'
import { calledOf } from '../sqlalchemy/term.ts'

/** A class that is mapped to a table. */
export type Model = {
  readonly of: ClassValue
  readonly table: TableTerm
  /** The table, as statements name it. */
  readonly term: Term
  /** The column of each attribute. */
  readonly columns: ReadonlyMap<string, string>
}

/** The model that a value is; null where it is none. */
export function modelOf(value: Value | undefined): Model | null {
  if (!(value instanceof ClassValue)) return null
  const binding = value.members.names.get('__table__')
  const term = binding !== undefined && 'value' in binding ? binding.value : null
  const table = tableOf(value)
  if (!(term instanceof Term) || table === null) return null
  if (value.bases.some((base) => modelOf(base) !== null))
    return refuse(`${value.name} is derived from a class with a table of its own`)
  const attributes = [...value.members.names].flatMap(([attribute, one]) => {
    const column = 'value' in one ? columnOf(one.value) : null
    return column === null || column.table === null ? [] : [[attribute, column.name] as const]
  })
  return { of: value, table, term, columns: new Map(attributes) }
}

/** The model of an object; null where its class is none. */
export function modelOfObject(value: Value | undefined): Model | null {
  return value instanceof Instance ? modelOf(value.of) : null
}

/** The columns of a model, as its table says them. */
export function columnsOf({ of, table }: Model): readonly string[] {
  const names = columnNamesOf(table)
  return names.length > 0 ? names : refuse(`the columns of ${of.name} are not known here`)
}

/** The key of a model's rows. */
export function keyOfModel({ of, table }: Model): readonly string[] {
  return table.primaryKey.length > 0
    ? table.primaryKey
    : refuse(`the primary key of ${of.name} is not known here`)
}

/** A column of a model's table, as an expression. */
export function columnTerm({ term, of }: Model, name: string): Term {
  return new Term(
    { is: 'attribute', of: new Term({ is: 'attribute', of: term, name: 'c' }, of.line), name },
    of.line,
  )
}

/** What a model says besides of relations between objects. */
export function hasRelationships({ of }: Model): boolean {
  return [...of.members.names.values()].some((binding) => {
    const called = 'value' in binding ? calledOf(binding.value) : null
    return called !== null && /(^|\.)(relationship|backref|dynamic_loader)$/.test(called.name)
  })
}

/** `method(arguments)` on a term. */
export function callOn(of: Term, name: string, positional: readonly Value[]): Term {
  const callee = new Term({ is: 'attribute', of, name }, of.line)
  return new Term({ is: 'call', callee, positional, named: new Map() }, of.line)
}

/** A function of SQLAlchemy's, called. */
export function callOf(name: string, positional: readonly Value[], line: number): Term {
  return new Term(
    { is: 'call', callee: new Term({ is: 'name', name }, line), positional, named: new Map() },
    line,
  )
}

export function equals(left: Value, right: Value, line: number): Term {
  return new Term({ is: 'operation', operator: 'Eq', operands: [left, right] }, line)
}
