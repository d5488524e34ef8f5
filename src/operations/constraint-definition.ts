import { clauses } from '../sql/clauses.ts'
import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'
import { type IndexElement, indexElement } from './index-definition.ts'
import { type Need, needsOf } from './operation.ts'
import { parameterList, type StorageParameters } from './storage-parameters.ts'

/** What a row does when the row that it references goes or changes. PostgreSQL's default is NO ACTION. */
export type ForeignKeyAction = 'NO ACTION' | 'RESTRICT' | 'CASCADE' | 'SET NULL' | 'SET DEFAULT'

export type ForeignKeyActions = {
  readonly onDelete?: ForeignKeyAction
  readonly onUpdate?: ForeignKeyAction
}

/** Sets some of the referencing columns only, and lets the others stand; from PostgreSQL 15 on. */
export type SetColumns = {
  readonly action: 'SET NULL' | 'SET DEFAULT'
  readonly columns: readonly string[]
}

export type Deferral = {
  readonly deferrable?: boolean
  /** Implies `deferrable`. */
  readonly initiallyDeferred?: boolean
}

/** What may be said of the index behind a constraint. */
export type IndexParameters = {
  /** Columns that are stored in the index and not searched. */
  readonly include?: readonly string[]
  /** Storage parameters of the index, such as `{ fillfactor: 70 }`. */
  readonly with?: StorageParameters
  /** Where the index is stored (USING INDEX TABLESPACE). */
  readonly tablespace?: string
}

export type PrimaryKey = Deferral &
  IndexParameters & {
    readonly columns: readonly string[]
    /**
     * A range column, the last of the key: rows that are alike in the others do not overlap in it. From PostgreSQL 18 on;
     * other columns than ranges then need the extension btree_gist.
     */
    readonly withoutOverlaps?: string
  }

export type Unique = PrimaryKey & {
  /** From PostgreSQL 15 on. */
  readonly nullsNotDistinct?: boolean
}

export type Check = {
  readonly expression: Sql
  readonly noInherit?: boolean
  /** false: it is written down and never checked; from PostgreSQL 18 on. */
  readonly enforced?: boolean
}

/** NOT NULL as a constraint with a name, from PostgreSQL 18 on. */
export type NotNull = { readonly column: string; readonly noInherit?: boolean }

export type ForeignKey = Deferral &
  (PlainReference | PeriodReference) & {
    readonly columns: readonly string[]
    readonly match?: 'FULL' | 'SIMPLE'
    /** false: it is written down and never checked; from PostgreSQL 18 on. */
    readonly enforced?: boolean
  }

type PlainReference = {
  readonly references: {
    readonly schema?: string
    readonly table: string
    /** Left out for the primary key of the referenced table. */
    readonly columns?: readonly string[]
    readonly period?: never
  }
  readonly period?: never
  readonly onDelete?: ForeignKeyAction | SetColumns
  readonly onUpdate?: ForeignKeyAction
}

/** A reference to rows that together cover the range; PostgreSQL knows no action for it but NO ACTION. */
type PeriodReference = {
  /** The range column, the last of the key; from PostgreSQL 18 on. */
  readonly period: string
  readonly references: { readonly schema?: string; readonly table: string } & (
    | { readonly columns: readonly string[]; readonly period: string }
    | { readonly columns?: never; readonly period?: never }
  )
  readonly onDelete?: 'NO ACTION'
  readonly onUpdate?: 'NO ACTION'
}

/** `with`: an operator as it is written, `&&`; in a schema that is not on the path, both are said. */
export type ExclusionElement = IndexElement & {
  readonly with: string | { readonly schema: string; readonly operator: string }
}

export type Exclusion = Deferral &
  IndexParameters & {
    /** The index's access method; PostgreSQL's default is btree, overlaps want gist. */
    readonly using?: string
    readonly elements: readonly ExclusionElement[]
    readonly where?: Sql
  }

/** Exactly one kind of constraint. */
export type ConstraintKind =
  | { readonly primaryKey: PrimaryKey }
  | { readonly unique: Unique }
  | { readonly check: Check }
  | { readonly notNull: NotNull }
  | { readonly foreignKey: ForeignKey }
  | { readonly exclude: Exclusion }

/** A table constraint, with a name unless PostgreSQL is to choose one. */
export type Constraint = { readonly name?: string } & ConstraintKind

/** `CONSTRAINT "name" UNIQUE ("a", "b")`, as it stands in CREATE TABLE and after ALTER TABLE … ADD. */
export function constraintDefinition(constraint: Constraint): string {
  const name = constraint.name === undefined ? '' : `CONSTRAINT ${quoteIdentifier(constraint.name)} `
  return name + constraintBody(constraint)
}

/** What the options of a constraint need of the server's version. */
export function constraintNeeds(constraint: ConstraintKind): readonly Need[] {
  if ('notNull' in constraint) return needsOf([true, 'NOT NULL as a constraint with a name', 18])
  if ('check' in constraint) return needsOf([constraint.check.enforced === false, 'NOT ENFORCED', 18])
  if ('foreignKey' in constraint) return foreignKeyNeeds(constraint.foreignKey)
  if ('exclude' in constraint) return []
  const key: Unique = 'unique' in constraint ? constraint.unique : constraint.primaryKey
  return needsOf(
    [key.nullsNotDistinct, 'UNIQUE NULLS NOT DISTINCT', 15],
    [key.withoutOverlaps, 'WITHOUT OVERLAPS', 18],
  )
}

function foreignKeyNeeds(key: ForeignKey): readonly Need[] {
  return needsOf(
    [typeof key.onDelete === 'object', 'ON DELETE SET … of some columns', 15],
    [key.period, 'PERIOD in a foreign key', 18],
    [key.enforced === false, 'NOT ENFORCED', 18],
  )
}

function constraintBody(constraint: ConstraintKind): string {
  if ('primaryKey' in constraint) return `PRIMARY KEY ${keyBody(constraint.primaryKey)}`
  if ('unique' in constraint) {
    const nulls = constraint.unique.nullsNotDistinct === true ? 'NULLS NOT DISTINCT ' : ''
    return `UNIQUE ${nulls}${keyBody(constraint.unique)}`
  }
  if ('check' in constraint) {
    const { expression, noInherit, enforced } = constraint.check
    return clauses(
      `CHECK (${inlineSql(expression)})`,
      noInherit === true && 'NO INHERIT',
      enforcement(enforced),
    )
  }
  if ('notNull' in constraint) {
    const { column, noInherit } = constraint.notNull
    return clauses(`NOT NULL ${quoteIdentifier(column)}`, noInherit === true && 'NO INHERIT')
  }
  if ('foreignKey' in constraint) return foreignKeyBody(constraint.foreignKey)
  return exclusionBody(constraint.exclude)
}

function keyBody(key: PrimaryKey): string {
  const columns = key.columns.map(quoteIdentifier)
  if (key.withoutOverlaps !== undefined) {
    columns.push(`${quoteIdentifier(key.withoutOverlaps)} WITHOUT OVERLAPS`)
  }
  return clauses(`(${columns.join(', ')})`, ...indexParameters(key)) + deferral(key)
}

function indexParameters(index: IndexParameters): readonly (string | false)[] {
  return [
    index.include !== undefined && `INCLUDE ${columnList(index.include)}`,
    index.with !== undefined && `WITH ${parameterList(index.with)}`,
    index.tablespace !== undefined && `USING INDEX TABLESPACE ${quoteIdentifier(index.tablespace)}`,
  ]
}

function foreignKeyBody(key: ForeignKey): string {
  const { references, match, enforced } = key
  return clauses(
    `FOREIGN KEY ${periodList(key.columns, key.period)}`,
    `REFERENCES ${qualifiedName({ ...references, name: references.table })}`,
    references.columns !== undefined && periodList(references.columns, references.period),
    match !== undefined && `MATCH ${match}`,
    foreignKeyActions(key).trimStart(),
    deferral(key).trimStart(),
    enforcement(enforced),
  )
}

function periodList(columns: readonly string[], period: string | undefined): string {
  const names = columns.map(quoteIdentifier)
  return `(${(period === undefined ? names : [...names, `PERIOD ${quoteIdentifier(period)}`]).join(', ')})`
}

function exclusionBody(exclusion: Exclusion): string {
  const elements = exclusion.elements.map(
    ({ with: operator, ...element }) => `${indexElement(element)} WITH ${operatorName(operator)}`,
  )
  return (
    clauses(
      'EXCLUDE',
      exclusion.using !== undefined && `USING ${quoteIdentifier(exclusion.using)}`,
      `(${elements.join(', ')})`,
      ...indexParameters(exclusion),
      exclusion.where !== undefined && `WHERE (${inlineSql(exclusion.where)})`,
    ) + deferral(exclusion)
  )
}

function operatorName(operator: ExclusionElement['with']): string {
  if (typeof operator === 'string') return operator
  return `OPERATOR(${quoteIdentifier(operator.schema)}.${operator.operator})`
}

function enforcement(enforced: boolean | undefined): string | false {
  return enforced === false && 'NOT ENFORCED'
}

/** ` ON UPDATE … ON DELETE …`, as it follows a reference; nothing where nothing is said. */
export function foreignKeyActions({ onDelete, onUpdate }: Pick<ForeignKey, 'onDelete' | 'onUpdate'>): string {
  const update = onUpdate === undefined ? '' : ` ON UPDATE ${onUpdate}`
  if (onDelete === undefined) return update
  if (typeof onDelete === 'string') return `${update} ON DELETE ${onDelete}`
  return `${update} ON DELETE ${onDelete.action} ${columnList(onDelete.columns)}`
}

/** ` DEFERRABLE`, as it follows a constraint; nothing if it is not. */
export function deferral(constraint: Deferral): string {
  if (constraint.initiallyDeferred === true) return ' DEFERRABLE INITIALLY DEFERRED'
  return constraint.deferrable === true ? ' DEFERRABLE' : ''
}
