import type {
  Constraint,
  Exclusion,
  ForeignKey,
  ForeignKeyAction,
} from '../../operations/constraint-definition.ts'
import { refuse } from '../python/evaluation.ts'
import { List, Term, Tuple, type Value } from '../python/value.ts'
import {
  booleanOf,
  columnNames,
  type ForeignKeySpec,
  memberOf,
  referredColumn,
} from '../sqlalchemy/column.ts'
import { expressionPiece } from '../sqlalchemy/expression.ts'
import { type Convention, givenName, type Named, nameFor } from '../sqlalchemy/name.ts'
import { sqlOf } from '../sqlalchemy/piece.ts'
import { type Called, calledOf, optionalText } from '../sqlalchemy/term.ts'
import { boundText } from '../sqlalchemy/text.ts'
import { present, type TableName } from './context.ts'

type Given = ReadonlyMap<string, Value>

/** A constraint of Limbeck's, with its name by the project's convention; null where it is said and never made. */
export function constraintOf(called: Called, table: TableName, convention: Convention): Constraint | null {
  const { name, positional, named } = called
  if (name === 'sa.PrimaryKeyConstraint') return primaryKey(columnList(called), named, table, convention)
  if (name === 'sa.UniqueConstraint') return unique(columnList(called), named, table, convention)
  if (name === 'sa.CheckConstraint')
    return check(positional[0] ?? named.get('sqltext') ?? null, named, table, convention)
  if (name === 'sa.ForeignKeyConstraint') {
    // SQLAlchemy leaves it to a later ALTER, which Alembic does not say.
    if (named.get('use_alter') === true) return null
    return foreignKey(
      foreignKeyOf(called),
      columnNames(positional[0] ?? named.get('columns')),
      table,
      convention,
    )
  }
  if (/(^|\.)ExcludeConstraint$/.test(name)) return exclude(positional, named, table)
  return refuse(`${name.replace(/^sa\./, 'sqlalchemy.')} in a table is not known here`)
}

export function primaryKey(
  columns: readonly string[],
  named: Given,
  table: TableName,
  convention: Convention,
): Constraint {
  const name = nameOf('pk', named, { ...table, columns }, convention)
  return { ...name, primaryKey: { columns, ...deferral(named), ...indexOptions(named) } }
}

export function unique(
  columns: readonly string[],
  named: Given,
  table: TableName,
  convention: Convention,
): Constraint {
  const name = nameOf('uq', named, { ...table, columns }, convention)
  const nullsNotDistinct = named.get('postgresql_nulls_not_distinct') === true ? true : undefined
  return {
    ...name,
    unique: { columns, ...deferral(named), ...indexOptions(named), ...present({ nullsNotDistinct }) },
  }
}

export function check(condition: Value, named: Given, table: TableName, convention: Convention): Constraint {
  const name = nameOf('ck', named, { ...table, columns: [] }, convention)
  const piece =
    typeof condition === 'string'
      ? boundText(condition, new Map())
      : expressionPiece(condition, { bare: true })
  return { ...name, check: { expression: sqlOf(piece) } }
}

export function foreignKey(
  { name, referred, options }: ForeignKeySpec,
  columns: readonly string[],
  table: TableName,
  convention: Convention,
): Constraint {
  const said = nameFor(name, { kind: 'fk', ...table, columns, referred }, convention)
  const key: ForeignKey = { columns, references: referred, ...foreignKeyOptions(options) }
  return { ...(said === null ? {} : { name: said }), foreignKey: key }
}

/** What may be said of a foreign key beside what it references. */
export function foreignKeyOptions(options: Given) {
  const match = optionalText(options.get('match'), 'match')?.toUpperCase()
  const fields = {
    match: match === 'FULL' ? ('FULL' as const) : undefined,
    onDelete: action(options.get('ondelete')),
    onUpdate: action(options.get('onupdate')),
  }
  return { ...present(fields), ...deferral(options) }
}

/** `DEFERRABLE`, `INITIALLY DEFERRED`. */
export function deferral(options: Given) {
  const deferrable = booleanOf(options.get('deferrable'))
  const initially = optionalText(options.get('initially'), 'initially')?.toUpperCase()
  return {
    ...(deferrable === true ? { deferrable: true } : {}),
    ...(initially === 'DEFERRED' ? { initiallyDeferred: true } : {}),
  }
}

/** `EXCLUDE USING gist (room WITH =, during WITH &&)`. */
export function exclude(elements: readonly Value[], named: Given, table: TableName): Constraint {
  const name = nameFor(givenName(named.get('name')), { kind: 'ck', ...table, columns: [] }, new Map())
  const where = named.get('where') ?? null
  const operators = memberOf(named.get('ops'))
  const exclusion: Exclusion = {
    using: optionalText(named.get('using'), 'using') ?? 'gist',
    elements: elements.map((element) => exclusionElement(element, operators)),
    ...(where === null ? {} : { where: sqlOf(conditionPiece(where)) }),
    ...deferral(named),
  }
  return { ...(name === null ? {} : { name }), exclude: exclusion }
}

/** A condition as a text or an expression, with the columns' names alone. */
export function conditionPiece(value: Value) {
  return typeof value === 'string' ? boundText(value, new Map()) : expressionPiece(value, { bare: true })
}

function exclusionElement(element: Value, operators: Given): Exclusion['elements'][number] {
  if (!(element instanceof Tuple) && !(element instanceof List))
    return refuse('an element of an exclusion that is not known')
  const [what = null, operator = null] = element.items
  const sign =
    optionalText(operator, 'the operator of an exclusion') ?? refuse('an exclusion without an operator')
  if (typeof what === 'string') {
    const operatorClass = optionalText(operators.get(what), 'an operator class')
    return { column: what, with: sign, ...present({ operatorClass }) }
  }
  if (!(what instanceof Term)) return refuse('an element of an exclusion that is not known')
  const [column] = calledOf(what)?.name === 'sa.column' ? (calledOf(what)?.positional ?? []) : []
  if (typeof column === 'string') return { column, with: sign }
  return { expression: sqlOf(expressionPiece(what, { bare: true })), with: sign }
}

function foreignKeyOf({ positional, named }: Called): ForeignKeySpec {
  const targets = positional[1] ?? named.get('refcolumns')
  if (!(targets instanceof List) && !(targets instanceof Tuple))
    return refuse('what a foreign key references is not known here')
  const referred = targets.items.map(referredColumn)
  const [first] = referred
  if (first === undefined) return refuse('a foreign key that references nothing')
  const name = givenName(named.get('name') ?? positional[2])
  return { name, referred: { ...first, columns: referred.flatMap(({ columns }) => columns) }, options: named }
}

function columnList({ positional, named }: Called): readonly string[] {
  const columns = positional.length > 0 ? positional : [named.get('columns') ?? null]
  return columns.flatMap((column) => columnNames(column))
}

function nameOf(
  kind: Named['kind'],
  named: Given,
  of: TableName & { readonly columns: readonly string[] },
  convention: Convention,
): { readonly name?: string } {
  const name = nameFor(givenName(named.get('name')), { kind, ...of }, convention)
  return name === null ? {} : { name }
}

function indexOptions(named: Given) {
  const include = named.get('postgresql_include')
  return include === undefined || include === null ? {} : { include: columnNames(include) }
}

function action(value: Value | undefined): ForeignKeyAction | undefined {
  const text = optionalText(value, 'what a foreign key does')?.toUpperCase().trim()
  if (text === undefined) return undefined
  const found = actions.find((one) => one === text)
  return found ?? refuse(`the action ${text} of a foreign key is not known here`)
}

const actions: readonly ForeignKeyAction[] = ['NO ACTION', 'RESTRICT', 'CASCADE', 'SET NULL', 'SET DEFAULT']
