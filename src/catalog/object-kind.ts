import type { ObjectReference } from '../operations/object-reference.ts'
import type { Directive } from '../operations/operation.ts'
import type { Scope } from './scope.ts'

/** One object as it was read: what it is known by, and what it is. */
export type ReadObject<Fields extends object = object> = {
  readonly key: string
  /** Its properties, in the words of the operation that makes it. Two objects of one key are alike where these are. */
  readonly fields: Fields
  /** What it is called in COMMENT, GRANT and ALTER … OWNER. Left out where these cannot name it. */
  readonly reference?: ObjectReference
  /** The object that it is a part of, and with which it goes: the table of a column. A schema is none, since it is not dropped with what is in it. */
  readonly parent?: string
  /** An object that it is no part of, and goes with nevertheless: the column that owns a sequence. */
  readonly goesWith?: string
  /** It is there because another is, of which `goesWith` tells: the column of a partition. Nothing makes, changes or drops it by itself. */
  readonly derived?: true
  /**
   * It is derived, but stays with what leaves that from which it is: with a table that is no partition any more its columns. `demanded`: and what
   * joins has to have it before.
   */
  readonly kept?: true | 'demanded'
  /** Objects that cannot be there while it is, since PostgreSQL has one name for both: an index, and a constraint with its own. */
  readonly excludes?: readonly string[]
  /** A place that it has with others, of which no two can have the same part: what gives its part up does so before another takes one. */
  readonly place?: string
  /** Objects that it needs beyond its parent and those that pg_depend names, which says it of a schema too. */
  readonly needs?: readonly string[]
  /**
   * Names in a text of it of which PostgreSQL knows nothing until it is used or checked, those of what takes arguments with a parenthesis behind.
   * What is called so is made before, where that can be.
   */
  readonly mentions?: readonly string[]
}

/** Where a row of a catalog says that an object is: it holds in one database at one time. */
export type Address = { readonly classid: number; readonly objid: number; readonly objsubid: number }

/** What a kind may ask while its rows are read. */
export type Reading = {
  /** The schema as a directive says it: not at all where it is the one in which objects are made. */
  inSchema(schema: string): { readonly schema?: string }
  /** The object at an address, of a kind that was read before. */
  at(address: Address): ReadObject | undefined
}

/** What a kind may know while directives are made. */
export type Making = {
  /** Whether what the object is a part of is made by the same revision: then nobody uses it yet, and it has no rows. */
  readonly ofNew: boolean
}

/** An object with what it is called where others speak of it. */
export type Named<Fields extends object = object> = Pick<ReadObject<Fields>, 'fields' | 'reference'>

/** An object that changes, as it was and as it will be. */
export type Changed = { readonly kind: string; readonly before: object; readonly after: object }

/** An object that is made. */
export type Made = Pick<ReadObject, 'key' | 'reference'> & { readonly kind: string }

/** A name in an object that goes, one that comes, and what makes of the one the other. */
export type LabelRename = {
  readonly from: string
  readonly to: string
  /** The new one is where the old one was. */
  readonly inPlace: boolean
  readonly directives: readonly Directive[]
}

/** One kind of object: how it is read from the catalogs, and which directives make and change one. */
export type KindDefinition<Fields extends object, Row> = {
  /** A word for people: `table`, `check constraint`. */
  readonly kind: string
  /** It says who may do what with other objects: compared only where that is asked for. Or it reaches another server, and is never made to be compared. */
  readonly about?: 'owners' | 'privileges' | 'other servers'
  /** Rows of which there are none where there is none of this kind: then its query is not asked. Left out where there nearly always are some. */
  readonly traces?: string
  /**
   * One query for all there are, whatever their number. Its rows have `classid`, `objid` and `objsubid`, unless the objects
   * have no address of their own; and they come in an order that does not depend on OIDs.
   */
  query(scope: Scope): string
  /** What is run in the same transaction before, once for all kinds that say it. Left out where the query says all. */
  before?(scope: Scope): string
  /** null where the row tells of nothing that is looked at. */
  read(row: Row, reading: Reading): ReadObject<Fields> | null
  /** What makes it. What drops it is the inverse of that. */
  create(fields: Fields, making: Making): readonly Directive[]
  /** What makes of one the other; null where it has to be dropped and made again. */
  change(before: Fields, after: Fields, making: Making): readonly Directive[] | null
  /** What gives up its part of its place before others take theirs; `change` has the rest. */
  release?(before: Fields, after: Fields): readonly Directive[]
  /**
   * Whether what depends on it has to step aside while it changes. Left out where it never has to. `but rows`: what has rows stays, since they are
   * seen to by the change itself.
   */
  disturbs?(before: Fields, after: Fields): boolean | 'but rows'
  /** It bears that what it depends on is changed: PostgreSQL sees to it; a function where that depends on what is changed. */
  readonly bearsChange?: true | ((fields: Fields, changed: Changed) => boolean)
  /** It does something to what others make, change or drop while it is there: it goes before all that, and comes after it. */
  readonly meddles?: true
  /** One that was its own is made as its parent's is, where it is to be as that: what a parent has does not reach it by itself. */
  readonly settles?: true
  /** Whether what it does to an object that is made is what that object is to be like; else it steps aside. Left out where it need not be. */
  suits?(fields: Fields, made: Made, wanted: ReadonlyMap<string, { readonly fields: object }>): boolean
  /** Whether values are lost where it is dropped: then it is not dropped only because of what it depends on. */
  holdsRows?(fields: Fields): boolean
  /** What gives it another name, or another schema. Left out where nothing does. */
  rename?(before: Named<Fields>, after: Named<Fields>): readonly Directive[]
  /** It under a longer name, where two of its kind can stand side by side: what has to be made anew is there until the new one is. */
  aside?(fields: Fields, suffix: string): Fields | null
  /** Which names in it, that are no objects of their own, may be others now. Left out where it has none. */
  labels?(before: Fields, after: Fields): readonly LabelRename[]
  /** What it is apart from its name, and from what it is a part of. */
  nameless?(fields: Fields): object
  /** The directive that makes its parent, with this in it; null where it has to be made by itself. */
  fold?(into: Directive, fields: Fields): Directive | null
}

/** A kind whose fields and rows nobody needs to know: that is what every kind is to what goes through all of them. */
export type ObjectKind = KindDefinition<object, never>

/** Declares a kind. */
export function objectKind<Fields extends object, Row>(definition: KindDefinition<Fields, Row>): ObjectKind {
  // The one place that relies on it: a kind is only ever given fields and rows of its own.
  return definition as unknown as ObjectKind
}
