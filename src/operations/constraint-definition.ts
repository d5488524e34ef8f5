import { columnList, qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { inlineSql, type Sql } from '../sql/tag.ts'

/** What a row does when the row that it references goes or changes. PostgreSQL's default is NO ACTION. */
export type ForeignKeyAction = 'NO ACTION' | 'RESTRICT' | 'CASCADE' | 'SET NULL' | 'SET DEFAULT'

export type ForeignKeyActions = {
  readonly onDelete?: ForeignKeyAction
  readonly onUpdate?: ForeignKeyAction
}

export type Deferral = {
  readonly deferrable?: boolean
  /** Implies `deferrable`. */
  readonly initiallyDeferred?: boolean
}

export type PrimaryKey = Deferral & {
  readonly columns: readonly string[]
  readonly include?: readonly string[]
}

export type Unique = PrimaryKey & {
  /** From PostgreSQL 15 on. */
  readonly nullsNotDistinct?: boolean
}

export type Check = { readonly expression: Sql; readonly noInherit?: boolean }

export type ForeignKey = ForeignKeyActions &
  Deferral & {
    readonly columns: readonly string[]
    readonly references: {
      readonly schema?: string
      readonly table: string
      /** Left out for the primary key of the referenced table. */
      readonly columns?: readonly string[]
    }
    readonly match?: 'FULL' | 'SIMPLE'
  }

export type Exclusion = Deferral & {
  /** The index's access method; PostgreSQL's default is btree, overlaps want gist. */
  readonly using?: string
  readonly elements: readonly { readonly expression: Sql; readonly with: string }[]
  readonly where?: Sql
}

/** Exactly one kind of constraint. */
export type ConstraintKind =
  | { readonly primaryKey: PrimaryKey }
  | { readonly unique: Unique }
  | { readonly check: Check }
  | { readonly foreignKey: ForeignKey }
  | { readonly exclude: Exclusion }

/** A table constraint, with a name unless PostgreSQL is to choose one. */
export type Constraint = { readonly name?: string } & ConstraintKind

/** `CONSTRAINT "name" UNIQUE ("a", "b")`, as it stands in CREATE TABLE and after ALTER TABLE … ADD. */
export function constraintDefinition(constraint: Constraint): string {
  const name = constraint.name === undefined ? '' : `CONSTRAINT ${quoteIdentifier(constraint.name)} `
  return name + constraintBody(constraint)
}

function constraintBody(constraint: Constraint): string {
  if ('primaryKey' in constraint) return `PRIMARY KEY ${keyBody(constraint.primaryKey)}`
  if ('unique' in constraint) {
    const nulls = constraint.unique.nullsNotDistinct === true ? 'NULLS NOT DISTINCT ' : ''
    return `UNIQUE ${nulls}${keyBody(constraint.unique)}`
  }
  if ('check' in constraint) {
    const { expression, noInherit } = constraint.check
    return `CHECK (${inlineSql(expression)})${noInherit === true ? ' NO INHERIT' : ''}`
  }
  if ('foreignKey' in constraint) return foreignKeyBody(constraint.foreignKey)
  return exclusionBody(constraint.exclude)
}

function keyBody(key: PrimaryKey): string {
  const include = key.include === undefined ? '' : ` INCLUDE ${columnList(key.include)}`
  return columnList(key.columns) + include + deferral(key)
}

function foreignKeyBody(key: ForeignKey): string {
  const columns = key.references.columns === undefined ? '' : ` ${columnList(key.references.columns)}`
  const match = key.match === undefined ? '' : ` MATCH ${key.match}`
  const target = qualifiedName({ ...key.references, name: key.references.table })
  return `FOREIGN KEY ${columnList(key.columns)} REFERENCES ${target}${columns}${match}${foreignKeyActions(key)}${deferral(key)}`
}

function exclusionBody(exclusion: Exclusion): string {
  const using = exclusion.using === undefined ? '' : `USING ${quoteIdentifier(exclusion.using)} `
  const elements = exclusion.elements.map(
    (element) => `${inlineSql(element.expression)} WITH ${element.with}`,
  )
  const where = exclusion.where === undefined ? '' : ` WHERE (${inlineSql(exclusion.where)})`
  return `EXCLUDE ${using}(${elements.join(', ')})${where}${deferral(exclusion)}`
}

export function foreignKeyActions(actions: ForeignKeyActions): string {
  const onUpdate = actions.onUpdate === undefined ? '' : ` ON UPDATE ${actions.onUpdate}`
  return actions.onDelete === undefined ? onUpdate : `${onUpdate} ON DELETE ${actions.onDelete}`
}

/** ` DEFERRABLE`, as it follows a constraint; nothing if it is not. */
export function deferral(constraint: Deferral): string {
  if (constraint.initiallyDeferred === true) return ' DEFERRABLE INITIALLY DEFERRED'
  return constraint.deferrable === true ? ' DEFERRABLE' : ''
}
