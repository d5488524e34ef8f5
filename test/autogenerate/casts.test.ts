import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { castBetween } from '../../src/catalog/cast-between.ts'
import { typeName } from '../../src/catalog/type-name.ts'
import { quoteLiteral } from '../../src/sql/literal.ts'
import { type Bench, openBench } from '../operations/bench.ts'
import { servers } from '../servers/databases.ts'

/** Types of PostgreSQL's own that a column may be of, and arrays of some. */
const types = `SELECT format_type(oid, NULL) AS type FROM pg_type
  WHERE typnamespace = 'pg_catalog'::regnamespace AND (typtype IN ('b', 'r', 'm') AND typcategory NOT IN ('A', 'Z')
    AND typname !~ '^(pg_|reg|xid|cid|tid|acl|gtsv|refc|txid)' OR typname IN ('_int4', '_int8', '_text', '_bool', '_date', '_jsonb'))
  ORDER BY 1`

describe.each(servers())('on $name', (target) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(target)
  })
  afterAll(() => bench.close())

  test('a value of any type becomes one of any other, as far as PostgreSQL understands how', async () => {
    await bench.prepare('CREATE TABLE refused (was text, becomes text, because text)')
    const names = (await bench.rows(types)).map(({ type }) => String(type))
    const changes = names.flatMap((was) => names.flatMap((becomes) => castOf(was, becomes)))
    await bench.rows(`DO $do$
      DECLARE change record;
      BEGIN
        FOR change IN SELECT * FROM (VALUES ${changes.join(', ')}) changes (was, becomes, cast_by) LOOP
          BEGIN
            EXECUTE format('SELECT %s FROM (SELECT NULL::%s AS a) t', change.cast_by, change.was);
          EXCEPTION WHEN OTHERS THEN INSERT INTO refused VALUES (change.was, change.becomes, SQLERRM);
          END;
        END LOOP;
      END $do$`)
    expect(await bench.rows('SELECT * FROM refused')).toEqual([])
  })
})

/** Nothing where PostgreSQL casts by itself. */
function castOf(was: string, becomes: string): readonly string[] {
  const column = (type: string) => ({ column: { name: 'a', type: typeName(type) } })
  const using = castBetween(column(was), column(becomes))
  return using === null ? [] : [`(${[was, becomes, using].map(quoteLiteral).join(', ')})`]
}
