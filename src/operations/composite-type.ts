import type { Phase } from '../graph/revision.ts'
import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import type { AtLeastOne } from './change.ts'
import type { ColumnType } from './column-definition.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { inSchema } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

export type Attribute = {
  readonly name: string
  readonly type: ColumnType
  readonly collation?: ObjectName
}

export type CreateCompositeType = Named & {
  /** None is a type whose only value is `()`. */
  readonly attributes: readonly Attribute[]
}

export type CompositeTypeChange = {
  /** They come last, also those that a downgrade adds again. */
  readonly add?: readonly Attribute[]
  readonly drop?: readonly string[]
  /** New types. PostgreSQL refuses them while a column of a table has the composite type. */
  readonly alter?: readonly Attribute[]
}

export type AlterCompositeType = Named &
  AtLeastOne<CompositeTypeChange> & {
    /** Changes the tables made with OF the type too; and what uses a dropped attribute is dropped. */
    readonly cascade?: boolean
    /** The attributes that are dropped or changed, as they were. */
    readonly was?: { readonly attributes: readonly Attribute[] }
  }

export type RenameAttribute = {
  readonly schema?: string
  readonly type: string
  readonly from: string
  readonly to: string
  /** Renames the column of the tables made with OF the type too. */
  readonly cascade?: boolean
}

export type DropCompositeType = Named & {
  /** Drops what uses the type too: columns with their values, functions, views. */
  readonly cascade?: boolean
  /** What the type was, so that it can be made again. */
  readonly was?: { readonly attributes: readonly Attribute[] }
}

/**
 * Creates a composite type: a row without a table.
 * https://www.postgresql.org/docs/current/sql-createtype.html
 */
export const createCompositeType: Operation<'createCompositeType', CreateCompositeType> = operation(
  'createCompositeType',
  {
    title: (fields) => `create composite type ${fields.name}`,
    steps: (fields) => [
      statement(`CREATE TYPE ${qualifiedName(fields)} AS (${fields.attributes.map(attribute).join(', ')})`),
    ],
    inverse: ({ schema, name, attributes }) => [
      dropCompositeType({ ...inSchema({ schema }), name, was: { attributes } }),
    ],
    locks: () => [],
    examples: [
      {
        fields: {
          name: 'address',
          attributes: [
            { name: 'street', type: 'text' },
            { name: 'zip', type: 'varchar(10)', collation: 'C' },
          ],
        },
      },
      {
        given: 'CREATE SCHEMA "My App"',
        fields: {
          schema: 'My App',
          name: 'Address "old"',
          attributes: [
            { name: 'Street No.', type: 'text[]', collation: { schema: 'pg_catalog', name: 'POSIX' } },
          ],
        },
      },
      { fields: { name: 'nothing', attributes: [] } },
    ],
  },
)

/**
 * Adds, drops and changes attributes of a composite type. Values in tables follow without a rewrite. A table made with OF
 * the type needs `cascade`, and is changed under AccessExclusive, rewritten where a type changes.
 * https://www.postgresql.org/docs/current/sql-altertype.html
 */
export const alterCompositeType: Operation<'alterCompositeType', AlterCompositeType> = operation(
  'alterCompositeType',
  {
    title: (fields) => `alter composite type ${fields.name}`,
    steps(fields) {
      const changes = [
        ...(fields.drop ?? []).map((name) => `DROP ATTRIBUTE ${quoteIdentifier(name)}`),
        ...(fields.alter ?? []).map(
          ({ name, ...type }) => `ALTER ATTRIBUTE ${quoteIdentifier(name)} TYPE ${typeClause(type)}`,
        ),
        ...(fields.add ?? []).map((added) => `ADD ATTRIBUTE ${attribute(added)}`),
      ].map((change) => clauses(change, cascadeClause(fields)))
      return [statement(`ALTER TYPE ${qualifiedName(fields)} ${changes.join(', ')}`)]
    },
    inverse: undoAlter,
    loses: (fields) => [
      ...(fields.drop ?? []).map((name) => `every value of the attribute ${fields.name}.${name}`),
      ...(fields.drop === undefined ? [] : cascadeLoss(fields, `a dropped attribute of ${fields.name}`)),
    ],
    warns: (fields) =>
      fields.alter !== undefined && fields.cascade === true
        ? [`each table made with OF ${fields.name} is rewritten, and closed to readers and writers meanwhile`]
        : [],
    joins: joinAlterations,
    phase: phaseOfAlter,
    locks: () => [],
    examples: [
      {
        given: 'CREATE TYPE address AS (street text, zip integer, country text COLLATE "C")',
        fields: {
          name: 'address',
          add: [
            { name: 'city', type: 'text', collation: 'C' },
            { name: 'region', type: 'text' },
          ],
          drop: ['country'],
          alter: [{ name: 'zip', type: 'varchar(10)', collation: { schema: 'pg_catalog', name: 'C' } }],
          was: {
            attributes: [
              { name: 'zip', type: 'integer' },
              { name: 'country', type: 'text', collation: 'C' },
            ],
          },
        },
      },
      {
        given: `CREATE SCHEMA "My App"; CREATE TYPE "My App"."Address" AS ("Street No." text, zip integer);
          CREATE TABLE places OF "My App"."Address"; CREATE TABLE visits (place "My App"."Address")`,
        fields: { schema: 'My App', name: 'Address', add: [{ name: 'City', type: 'text' }], cascade: true },
        locks: [{ table: 'places', mode: 'AccessExclusive' }],
      },
      {
        given: `CREATE TYPE address AS (street text, zip integer); CREATE TABLE places OF address;
          INSERT INTO places VALUES ('Elm St', 12345)`,
        fields: {
          name: 'address',
          alter: [{ name: 'zip', type: 'bigint' }],
          cascade: true,
          was: { attributes: [{ name: 'zip', type: 'integer' }] },
        },
        locks: [{ table: 'places', mode: 'AccessExclusive' }],
      },
      {
        given: `CREATE TYPE address AS (street text, zip integer); CREATE TABLE visits (place address);
          CREATE VIEW zips AS SELECT (place).zip FROM visits`,
        fields: { name: 'address', drop: ['zip'], cascade: true },
        locks: [{ table: 'zips', mode: 'AccessExclusive' }],
      },
    ],
  },
)

/**
 * Renames an attribute. Code that uses the old name fails from then on. A table made with OF the type needs `cascade`, and
 * is changed under AccessExclusive.
 * https://www.postgresql.org/docs/current/sql-altertype.html
 */
export const renameAttribute: Operation<'renameAttribute', RenameAttribute> = operation('renameAttribute', {
  title: (fields) => `rename attribute ${fields.from} of type ${fields.type} to ${fields.to}`,
  steps: (fields) => [
    statement(
      clauses(
        `ALTER TYPE ${qualifiedName({ ...fields, name: fields.type })}`,
        `RENAME ATTRIBUTE ${quoteIdentifier(fields.from)} TO ${quoteIdentifier(fields.to)}`,
        cascadeClause(fields),
      ),
    ),
  ],
  inverse: (fields) => [renameAttribute({ ...fields, from: fields.to, to: fields.from })],
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: 'CREATE TYPE address AS (street text); CREATE TABLE places (address address)',
      fields: { type: 'address', from: 'street', to: 'line' },
    },
    {
      given:
        'CREATE SCHEMA "My App"; CREATE TYPE "My App"."Address" AS (street text); CREATE TABLE places OF "My App"."Address"',
      fields: { schema: 'My App', type: 'Address', from: 'street', to: 'Street No.', cascade: true },
      locks: [{ table: 'places', mode: 'AccessExclusive' }],
    },
  ],
})

/**
 * Drops a composite type; refused by PostgreSQL while something uses it, unless `cascade` takes that along.
 * https://www.postgresql.org/docs/current/sql-droptype.html
 */
export const dropCompositeType: Operation<'dropCompositeType', DropCompositeType> = operation(
  'dropCompositeType',
  {
    title: (fields) => `drop composite type ${fields.name}`,
    steps: (fields) => [statement(clauses(`DROP TYPE ${qualifiedName(fields)}`, cascadeClause(fields)))],
    inverse: ({ was, cascade, ...named }) =>
      inverseOfDrop(
        { was, cascade },
        { what: `the composite type ${named.name}`, operation: 'dropCompositeType' },
        (before) => [createCompositeType({ ...named, ...before })],
      ),
    loses: (fields) => cascadeLoss(fields, `the composite type ${fields.name}`),
    phase: () => 'contract',
    locks: () => [],
    examples: [
      {
        given: 'CREATE TYPE address AS (street text, zip varchar(10) COLLATE "C")',
        fields: {
          name: 'address',
          was: {
            attributes: [
              { name: 'street', type: 'text' },
              { name: 'zip', type: 'varchar(10)', collation: 'C' },
            ],
          },
        },
      },
      {
        given:
          'CREATE SCHEMA "My App"; CREATE TYPE "My App"."Address" AS (street text); CREATE TABLE places (a "My App"."Address")',
        fields: { schema: 'My App', name: 'Address', cascade: true },
        locks: [{ table: 'places', mode: 'AccessExclusive' }],
      },
    ],
  },
)

function phaseOfAlter({ drop, alter }: CompositeTypeChange): Phase {
  return drop === undefined && alter === undefined ? 'expand' : 'contract'
}

/** Attributes that are only added stay apart: that can come in an earlier phase. */
function joinAlterations(earlier: AlterCompositeType, later: AlterCompositeType) {
  const { add: _, drop: __, alter: ___, was: ____, ...of } = earlier
  const isOfOneType = (['schema', 'name', 'cascade'] as const).every(
    (field) => earlier[field] === later[field],
  )
  if (!isOfOneType || phaseOfAlter(earlier) !== phaseOfAlter(later)) return null
  if (changedNames(earlier).some((name) => changedNames(later).includes(name))) return null
  const [add, drop, alter] = [
    [...(earlier.add ?? []), ...(later.add ?? [])],
    [...(earlier.drop ?? []), ...(later.drop ?? [])],
    [...(earlier.alter ?? []), ...(later.alter ?? [])],
  ]
  const attributes = [...(earlier.was?.attributes ?? []), ...(later.was?.attributes ?? [])]
  return {
    ...of,
    ...(add.length === 0 ? {} : { add }),
    ...(drop.length === 0 ? {} : { drop }),
    ...(alter.length === 0 ? {} : { alter }),
    ...(attributes.length === 0 ? {} : { was: { attributes } }),
  }
}

function changedNames({ add = [], drop = [], alter = [] }: CompositeTypeChange): readonly string[] {
  return [...drop, ...[...add, ...alter].map(({ name }) => name)]
}

function attribute({ name, ...type }: Attribute): string {
  return `${quoteIdentifier(name)} ${typeClause(type)}`
}

function typeClause({ type, collation }: Omit<Attribute, 'name'>): string {
  return clauses(type, collation !== undefined && `COLLATE ${objectName(collation)}`)
}

function undoAlter({ schema, name, add = [], drop = [], alter = [], cascade, was }: AlterCompositeType) {
  if (cascade === true && drop.length > 0) {
    return { irreversible: `What depended on an attribute of the composite type ${name} is not known.` }
  }
  const before = new Map(was?.attributes.map((one) => [one.name, one]))
  const changed = alter.flatMap((one) => before.get(one.name) ?? [])
  const dropped = drop.flatMap((one) => before.get(one) ?? [])
  if (changed.length < alter.length || dropped.length < drop.length) {
    return unknownBefore(`each attribute of the composite type ${name}`, 'alterCompositeType')
  }
  const change: CompositeTypeChange = {
    ...(dropped.length > 0 ? { add: dropped } : {}),
    ...(add.length > 0 ? { drop: add.map((one) => one.name) } : {}),
    ...(changed.length > 0 ? { alter: changed } : {}),
  }
  const attributes = [...add, ...alter]
  return [
    alterCompositeType({
      ...inSchema({ schema }),
      name,
      ...(change as AtLeastOne<CompositeTypeChange>),
      ...(cascade === undefined ? {} : { cascade }),
      ...(attributes.length > 0 ? { was: { attributes } } : {}),
    }),
  ]
}
