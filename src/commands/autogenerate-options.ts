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
}

export const defaultAutogenerate: Required<Autogenerate> = {
  owners: false,
  privileges: false,
  exclude: () => false,
  shadow: 'embedded',
}
