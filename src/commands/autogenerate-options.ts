/** What is compared with what is declared, and on which kind of database both are made. */
export type Autogenerate = {
  /** Owners too. Default: false, since a schema is often declared without its roles. */
  readonly owners?: boolean
  /** Privileges too, of objects and by default. Default: false. */
  readonly privileges?: boolean
  /**
   * Which objects are none of Limbeck's: they are neither made, changed nor dropped. An object's parts go with it: a table's columns and indexes.
   * @example exclude: ({ kind, key }) => kind === 'table' && key.startsWith('relation audit.')
   */
  readonly exclude?: (object: { readonly kind: string; readonly key: string }) => boolean
  /**
   * Where the revisions and what is declared are tried: on an embedded PostgreSQL 18, for which no database has to run, or in an empty database
   * beside the project's own, for what only that server has: its version, its extensions. Default: `embedded`.
   */
  readonly shadow?: 'embedded' | 'beside'
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
  exclude: () => false,
  shadow: 'embedded',
  online: false,
}
