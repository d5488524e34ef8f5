import { definitionOf, type Family, quotedEntity } from './entity.ts'

/** `PGView(schema, signature, definition)`. */
export const viewFamily: Family = {
  name: 'PGView',
  read(called) {
    const { schema, signature, definition } = definitionOf(called)
    const name = `${quotedEntity(schema)}."${signature}"`
    return {
      create: `CREATE VIEW ${name} AS ${definition};`,
      drop: (cascade) => `DROP VIEW ${name} ${cascade}`,
      replace: [
        `do $$
            begin
                CREATE OR REPLACE VIEW ${name} AS ${definition};

            exception when others then
                DROP VIEW IF EXISTS ${name};

                CREATE VIEW ${name} AS ${definition};
            end;
        $$ language 'plpgsql'`,
      ],
    }
  },
}
