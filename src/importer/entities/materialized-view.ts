import { definitionOf, type Family, quotedEntity, withoutSemicolon } from './entity.ts'

/** `PGMaterializedView(schema, signature, definition, with_data=True)`. */
export const materializedViewFamily: Family = {
  name: 'PGMaterializedView',
  read(called) {
    const { schema, signature, definition } = definitionOf(called, (sql) => sql)
    const name = `${quotedEntity(schema)}."${signature}"`
    const isFilled = (called.positional[3] ?? called.named.get('with_data') ?? true) !== false
    const create = `CREATE MATERIALIZED VIEW ${name} AS ${withoutSemicolon(definition)} WITH ${isFilled ? '' : 'NO'} DATA`
    return {
      create: `${create};`,
      drop: (cascade) => `DROP MATERIALIZED VIEW ${name} ${cascade}`,
      replace: [`DROP MATERIALIZED VIEW IF EXISTS ${name};`, create],
    }
  },
}
