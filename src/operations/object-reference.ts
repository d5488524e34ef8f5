import { clauses } from '../sql/clauses.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import type { ColumnType } from './column-definition.ts'
import { type FunctionArgument, signature } from './function.ts'
import type { Lock } from './operation.ts'
import { inSchema, lockOn, type TableReference, tableName } from './relation.ts'

/** In a schema: `{ view: 'people', schema: 'app' }`. Without one, the server's search_path decides. */
type InSchema<Kind extends string> = Kind extends string
  ? { readonly [kind in Kind]: string } & { readonly schema?: string }
  : never

/** In no schema: `{ extension: 'pg_trgm' }`. */
type InDatabase<Kind extends string> = Kind extends string
  ? { readonly [kind in Kind]: string } & { readonly schema?: never }
  : never

/** What a table has: `{ trigger: { table: 'users', name: 'users_touch' } }`. The table may be a view. */
type OfTable<Kind extends string> = Kind extends string
  ? { readonly [kind in Kind]: TableReference & { readonly name: string } }
  : never

/** Told from others of its name by its parameters; they may be left out where there is only one. */
type Routine<Kind extends string> = Kind extends string
  ? InSchema<Kind> & { readonly arguments?: readonly FunctionArgument[] }
  : never

/** Any object that a statement can be about; one key says its kind. */
export type ObjectReference =
  | InSchema<'table' | 'view' | 'materializedView' | 'foreignTable' | 'index' | 'sequence' | 'statistics'>
  | InSchema<'type' | 'domain' | 'collation' | 'conversion'>
  | InSchema<'textSearchConfiguration' | 'textSearchDictionary' | 'textSearchParser' | 'textSearchTemplate'>
  | OfTable<'column' | 'constraint' | 'trigger' | 'policy' | 'rule'>
  | {
      readonly domainConstraint: {
        readonly schema?: string
        readonly domain: string
        readonly name: string
      }
    }
  /** A `routine` is a function, a procedure or an aggregate. */
  | Routine<'function' | 'procedure' | 'routine'>
  | (InSchema<'aggregate'> & {
      /** `*` for one that takes none. */
      readonly arguments: '*' | readonly FunctionArgument[]
      /** Of an ordered-set aggregate, what follows ORDER BY. */
      readonly orderBy?: readonly FunctionArgument[]
    })
  | (InSchema<'operator'> & {
      /** The operand's type. Left out for a prefix operator. */
      readonly left?: ColumnType
      readonly right: ColumnType
    })
  | (InSchema<'operatorClass' | 'operatorFamily'> & {
      /** The access method: `btree`. */
      readonly using: string
    })
  | { readonly cast: { readonly from: ColumnType; readonly to: ColumnType } }
  | { readonly transform: { readonly type: ColumnType; readonly language: string } }
  | InDatabase<'extension' | 'language' | 'accessMethod' | 'eventTrigger' | 'publication' | 'subscription'>
  | InDatabase<'foreignDataWrapper' | 'server'>
  | InDatabase<'database' | 'role' | 'tablespace'>
  /** By its OID. */
  | { readonly largeObject: number }
  | { readonly schema: string }

/** The objects of some kinds: `ObjectOf<'table' | 'view'>`. */
export type ObjectOf<Kind extends string> = Kind extends string
  ? Extract<ObjectReference, { readonly [kind in Kind]: unknown }>
  : never

/** The object as it stands in COMMENT ON, ALTER and GRANT: `TABLE "app"."users"`. */
export function objectSql(object: ObjectReference): string {
  const { kind, address } = identify(object)
  return `${kind} ${address}`
}

/** The object in a title: `table users`, `column email of users`. */
export function objectTitle(object: ObjectReference): string {
  const { kind, title } = identify(object)
  return `${kind.toLowerCase()} ${title}`
}

/** The lock that a statement takes on the table or view that the object is, or that it is a part of. */
export function locksOnObject(
  object: ObjectReference,
  mode: { readonly itself: Lock['mode']; readonly itsTable: Lock['mode'] },
): readonly Lock[] {
  if ('table' in object) return [lockOn(object, mode.itself)]
  if ('view' in object) return [lockOn({ ...inSchema(object), table: object.view }, mode.itself)]
  if ('materializedView' in object) {
    return [lockOn({ ...inSchema(object), table: object.materializedView }, mode.itself)]
  }
  if ('column' in object) return [lockOn(object.column, mode.itself)]
  const part = partOfTable(object)
  return part === undefined ? [] : [lockOn(part.on, mode.itsTable)]
}

/** A kind in PostgreSQL's words, the object's name as SQL and as a person says it. */
type Identity = { readonly kind: string; readonly address: string; readonly title: string }

function identify(object: ObjectReference): Identity {
  if ('column' in object) {
    const { name, ...table } = object.column
    return {
      kind: 'COLUMN',
      address: `${tableName(table)}.${quoteIdentifier(name)}`,
      title: `${name} of ${table.table}`,
    }
  }
  const part = partOfTable(object)
  if (part !== undefined) {
    const { kind, on } = part
    return {
      kind,
      address: `${quoteIdentifier(on.name)} ON ${tableName(on)}`,
      title: `${on.name} on ${on.table}`,
    }
  }
  if ('domainConstraint' in object) {
    const { name, domain, schema } = object.domainConstraint
    return {
      kind: 'CONSTRAINT',
      address: `${quoteIdentifier(name)} ON DOMAIN ${qualifiedName({ schema, name: domain })}`,
      title: `${name} on domain ${domain}`,
    }
  }
  return identifyTyped(object) ?? identifyNamed(object)
}

function partOfTable(object: ObjectReference) {
  if ('constraint' in object) return { kind: 'CONSTRAINT', on: object.constraint }
  if ('trigger' in object) return { kind: 'TRIGGER', on: object.trigger }
  if ('policy' in object) return { kind: 'POLICY', on: object.policy }
  return 'rule' in object ? { kind: 'RULE', on: object.rule } : undefined
}

/** Objects that are told apart by their types. */
function identifyTyped(object: ObjectReference): Identity | undefined {
  if ('cast' in object) {
    const types = `${object.cast.from} AS ${object.cast.to}`
    return { kind: 'CAST', address: `(${types})`, title: `(${types})` }
  }
  if ('transform' in object) {
    const { type, language } = object.transform
    return {
      kind: 'TRANSFORM',
      address: `FOR ${type} LANGUAGE ${quoteIdentifier(language)}`,
      title: `for ${type} in ${language}`,
    }
  }
  if ('operator' in object) {
    const schema = object.schema === undefined ? '' : `${quoteIdentifier(object.schema)}.`
    const operands = `(${object.left ?? 'NONE'}, ${object.right})`
    return {
      kind: 'OPERATOR',
      address: `${schema}${object.operator} ${operands}`,
      title: `${object.operator} ${operands}`,
    }
  }
  return undefined
}

/** Kinds whose objects have a name, and a schema or none. What may have one comes before `schema`, which is a kind too. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['table', 'TABLE'],
  ['view', 'VIEW'],
  ['materializedView', 'MATERIALIZED VIEW'],
  ['foreignTable', 'FOREIGN TABLE'],
  ['index', 'INDEX'],
  ['sequence', 'SEQUENCE'],
  ['statistics', 'STATISTICS'],
  ['type', 'TYPE'],
  ['domain', 'DOMAIN'],
  ['collation', 'COLLATION'],
  ['conversion', 'CONVERSION'],
  ['textSearchConfiguration', 'TEXT SEARCH CONFIGURATION'],
  ['textSearchDictionary', 'TEXT SEARCH DICTIONARY'],
  ['textSearchParser', 'TEXT SEARCH PARSER'],
  ['textSearchTemplate', 'TEXT SEARCH TEMPLATE'],
  ['function', 'FUNCTION'],
  ['procedure', 'PROCEDURE'],
  ['routine', 'ROUTINE'],
  ['aggregate', 'AGGREGATE'],
  ['operatorClass', 'OPERATOR CLASS'],
  ['operatorFamily', 'OPERATOR FAMILY'],
  ['extension', 'EXTENSION'],
  ['language', 'LANGUAGE'],
  ['accessMethod', 'ACCESS METHOD'],
  ['eventTrigger', 'EVENT TRIGGER'],
  ['publication', 'PUBLICATION'],
  ['subscription', 'SUBSCRIPTION'],
  ['foreignDataWrapper', 'FOREIGN DATA WRAPPER'],
  ['server', 'SERVER'],
  ['database', 'DATABASE'],
  ['role', 'ROLE'],
  ['tablespace', 'TABLESPACE'],
  ['schema', 'SCHEMA'],
])

function identifyNamed(object: ObjectReference): Identity {
  if ('largeObject' in object) {
    const oid = String(object.largeObject)
    return { kind: 'LARGE OBJECT', address: oid, title: oid }
  }
  const [key, name] = kindAndName(object)
  const schema = key !== 'schema' && 'schema' in object ? object.schema : undefined
  const using = 'using' in object ? ` USING ${quoteIdentifier(object.using)}` : ''
  return {
    kind: kinds.get(key) ?? '',
    address: qualifiedName({ schema, name }) + parameters(object) + using,
    title: name,
  }
}

/** The property that says the kind of an object which has a name of its own, and that name. */
export function kindAndName(object: ObjectReference): readonly [kind: string, name: string] {
  const kind = [...kinds.keys()].find((key) => key in object) ?? 'schema'
  const [, name] = Object.entries(object).find(([key]) => key === kind) ?? []
  return [kind, String(name)]
}

function parameters(object: ObjectReference): string {
  if (!('arguments' in object) || object.arguments === undefined) return ''
  if (object.arguments === '*') return '(*)'
  if (!('orderBy' in object) || object.orderBy === undefined) return signature(object.arguments)
  const [direct, ordered] = [signature(object.arguments), signature(object.orderBy)]
  return `(${clauses(direct.slice(1, -1), `ORDER BY ${ordered.slice(1, -1)}`)})`
}
