/**
 * Objects by their whole names, with `*` for any text: `audit.*` is all that is called so, whatever it is, and `table audit.*` only the tables. Or
 * by a function, which is given the kind, the whole name, and the key by which the object is known.
 */
export type ChosenObjects =
  | readonly string[]
  | ((object: { readonly kind: string; readonly name: string; readonly key: string }) => boolean)

/** What is compared with what is declared, and on which kind of database both are made. */
export type Autogenerate = {
  /** Owners too. Default: false, since a schema is often declared without its roles. */
  readonly owners?: boolean
  /** Privileges too, of objects and by default. Default: false. */
  readonly privileges?: boolean
  /**
   * The objects that are compared, and no others. A schema is no part of its name's: `['app', 'app.*']`. Default: all.
   * @example include: ['app', 'app.*', 'extension *']
   */
  readonly include?: ChosenObjects
  /**
   * Objects that are none of Limbeck's: they are neither made, changed nor dropped. An object's parts go with it: a table's columns and indexes.
   * @example exclude: ['audit.*', 'view *', 'public.spatial_ref_sys']
   */
  readonly exclude?: ChosenObjects
  /**
   * Where the revisions and what is declared are tried: on an embedded PostgreSQL 18, for which no database has to run; in an empty database
   * `beside` the project's own, for what only that server has: its version, its extensions; or in one on the server of a URL. Default: `embedded`.
   */
  readonly shadow?: 'embedded' | 'beside' | `postgres${string}`
  /**
   * Tables that are in use and large: another name, or a type for which the table has to be written anew, comes in two halves there, each in a
   * revision of its own, between which the new application is deployed. Default: false.
   * @example online: (table) => ['public.orders', 'public.events'].includes(table)
   */
  readonly online?: boolean | ((table: string) => boolean)
}

export const defaultAutogenerate: Required<Autogenerate> = {
  owners: false,
  privileges: false,
  include: ['*'],
  exclude: [],
  shadow: 'embedded',
  online: false,
}
