import {
  addExtensionDependency,
  addExtensionMember,
  alterPolicy,
  createPolicy,
  createTransform,
  grant,
  grantDefault,
  renameObject,
  revoke,
  setComment,
  setOwner,
  setSchema,
} from '../../src/operations/registry.ts'

/** What compiles, and beside it what PostgreSQL refuses, which does not. Never run. */
export function objects() {
  setComment({ on: { column: { table: 'users', name: 'email' } }, comment: null })
  setComment({ on: { aggregate: 'total', arguments: [{ type: 'numeric' }] }, comment: 'x' })
  // @ts-expect-error: an aggregate is told from others by what it takes
  setComment({ on: { aggregate: 'total' }, comment: 'x' })
  // @ts-expect-error: an extension is in no schema, only what it brings
  setComment({ on: { extension: 'citext', schema: 'public' }, comment: 'x' })
  // @ts-expect-error: there is no such kind
  setComment({ on: { tabel: 'users' }, comment: 'x' })
  // @ts-expect-error: an operator class is one of an access method
  setComment({ on: { operatorClass: 'my_ops' }, comment: 'x' })

  setOwner({ of: { schema: 'app' }, to: 'CURRENT_USER' })
  // @ts-expect-error: an index belongs to its table's owner
  setOwner({ of: { index: 'users_email_idx' }, to: 'app_owner' })
  // @ts-expect-error: so does a trigger
  setOwner({ of: { trigger: { table: 'users', name: 'touch' } }, to: 'app_owner' })
  // @ts-expect-error: an extension stays with who made it
  setOwner({ of: { extension: 'citext' }, to: 'app_owner' })

  setSchema({ of: { schema: 'app', view: 'people' }, to: 'old' })
  setSchema({ of: { extension: 'citext' }, to: 'tools', was: 'public' })
  // @ts-expect-error: an index is where its table is
  setSchema({ of: { index: 'users_email_idx' }, to: 'old' })
  // @ts-expect-error: a server is in no schema
  setSchema({ of: { server: 'elsewhere' }, to: 'old' })

  renameObject({ object: { policy: { table: 'users', name: 'own' } }, to: 'own_rows' })
  // @ts-expect-error: renameTable does that
  renameObject({ object: { table: 'users' }, to: 'people' })
  // @ts-expect-error: an extension keeps its name
  renameObject({ object: { extension: 'citext' }, to: 'texts' })
  // @ts-expect-error: an operator keeps its name
  renameObject({ object: { operator: '===', right: 'integer' }, to: '==' })

  addExtensionMember({ extension: 'citext', member: { cast: { from: 'citext', to: 'jsonb' } } })
  // @ts-expect-error: a publication cannot be a member
  addExtensionMember({ extension: 'citext', member: { publication: 'all_rows' } })
  addExtensionDependency({ extension: 'citext', object: { index: 'users_email_idx' } })
  // @ts-expect-error: a table cannot be said to depend on an extension
  addExtensionDependency({ extension: 'citext', object: { table: 'users' } })
}

export function privileges() {
  grant({ privileges: ['delete', { update: ['email'] }], on: { table: 'users' }, to: ['PUBLIC'] })
  grant({ privileges: 'all', on: { all: 'sequences', inSchema: 'app' }, to: ['app'] })
  // @ts-expect-error: a schema has no rows
  grant({ privileges: ['select'], on: { schema: 'app' }, to: ['app'] })
  // @ts-expect-error: a table is not executed
  grant({ privileges: ['execute'], on: { table: 'users' }, to: ['app'] })
  // @ts-expect-error: a row is deleted, not some of its columns
  grant({ privileges: [{ delete: ['email'] }], on: { table: 'users' }, to: ['app'] })
  // @ts-expect-error: columns are named of one table, not of all
  grant({ privileges: [{ select: ['id'] }], on: { all: 'tables', inSchema: 'app' }, to: ['app'] })
  // @ts-expect-error: what the roles had is on the same kind of object
  grant({ privileges: ['usage'], on: { schema: 'app' }, to: ['app'], was: { privileges: ['select'] } })
  // @ts-expect-error: nobody grants on an index
  grant({ privileges: 'all', on: { index: 'users_email_idx' }, to: ['app'] })
  // @ts-expect-error: PostgreSQL has no ALL TYPES IN SCHEMA
  revoke({ privileges: ['usage'], on: { all: 'types', inSchema: 'app' }, from: ['PUBLIC'] })

  grantDefault({ privileges: ['select'], on: 'tables', inSchemas: ['app'], to: ['app'] })
  grantDefault({ privileges: ['usage'], on: 'schemas', to: ['app'] })
  // @ts-expect-error: a schema is in no schema
  grantDefault({ privileges: ['usage'], on: 'schemas', inSchemas: ['app'], to: ['app'] })
  // @ts-expect-error: a function has no rows
  grantDefault({ privileges: ['select'], on: 'functions', to: ['app'] })
}

export function policies() {
  const yes = { sql: ['true'], values: [] }
  createPolicy({ table: 'users', name: 'own', for: 'update', using: yes, withCheck: yes })
  createPolicy({ table: 'users', name: 'own', for: 'insert', withCheck: yes })
  // @ts-expect-error: a new row was not there to be seen
  createPolicy({ table: 'users', name: 'own', for: 'insert', using: yes })
  // @ts-expect-error: what is read is not written
  createPolicy({ table: 'users', name: 'own', for: 'select', withCheck: yes })

  alterPolicy({ table: 'users', name: 'own', to: ['app'] })
  // @ts-expect-error: nothing is changed
  alterPolicy({ table: 'users', name: 'own' })
  // @ts-expect-error: a policy stays for what it is for
  alterPolicy({ table: 'users', name: 'own', for: 'select', using: yes })

  createTransform({ type: 'hstore', language: 'plpython3u', toSql: { function: 'plpython_to_hstore' } })
  // @ts-expect-error: at least one way
  createTransform({ type: 'hstore', language: 'plpython3u' })
}
