import { argument, type Family, noReplacement, quotedEntity, spaced, unquoted } from './entity.ts'

/** `PGExtension(schema, signature)`. */
export const extensionFamily: Family = {
  name: 'PGExtension',
  read(called) {
    const schema = quotedEntity(unquoted(spaced(argument(called, 0, 'schema'))))
    const name = unquoted(spaced(argument(called, 1, 'signature')))
    return {
      create: `CREATE EXTENSION "${name}" WITH SCHEMA ${schema};`,
      drop: (cascade) => `DROP EXTENSION "${name}" ${cascade}`,
      get replace() {
        return noReplacement('PGExtension')
      },
    }
  },
}
