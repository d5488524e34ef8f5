import { type Definition, definitionOf, escapedColons, type Family, quotedEntity, spaced } from './entity.ts'

/** `PGFunction(schema, signature, definition)`. */
export const functionFamily: Family = {
  name: 'PGFunction',
  read(called) {
    const plain = definitionOf(called, (sql) => sql)
    const isPlpgsql = spaced(plain.definition).toLowerCase().replaceAll("'", '').includes('language plpgsql')
    const entity = definitionOf(called, isPlpgsql ? escapedInPlpgsql : escapedColons)
    const text = `FUNCTION ${quotedEntity(entity.schema)}.${quotedSignature(entity)} ${entity.definition}`
    return {
      create: `CREATE ${text}`,
      drop: (cascade) => `DROP FUNCTION ${quotedEntity(entity.schema)}.${dropped(entity)} ${cascade}`,
      replace: [`CREATE OR REPLACE ${text}`],
    }
  },
}

/** `:=` assigns there. */
function escapedInPlpgsql(sql: string): string {
  return sql.replace(/::|:=|\\:|:/g, (colons) => (colons === ':' ? '\\:' : colons))
}

function quotedSignature({ signature }: Definition): string {
  const at = signature.indexOf('(')
  return `"${signature.slice(0, at).trim()}"(${signature.slice(at + 1)}`
}

/** The function by the names and types of its parameters, without their defaults. */
function dropped({ signature }: Definition): string {
  const at = signature.indexOf('(')
  const parameters = signature.slice(at + 1, signature.lastIndexOf(')')).trim()
  const names = parameters
    .split(',')
    .map((one) => one.slice(0, one.toLowerCase().split('default')[0]?.length).trim())
  return `"${signature.slice(0, at).trim()}"(${names.join(', ')})`
}
