import type { Node, StatementTree } from '../sql/statements.ts'
import { quietly } from './fewer-rows.ts'
import type { ObservedError } from './observation.ts'
import type { PicturedRelation } from './picture.ts'

/** A number has become too great or a text too long, or a power, a root, a logarithm or a time is none: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function isOfReckoning({ sqlState }: ObservedError, { kind, node }: StatementTree): boolean {
  // A type that is too small is so for the samples because others fit into the old one.
  if (kind === 'AlterTableStmt') return false
  if (sqlState === '22001') return joinsTexts(node)
  return ['22003', '22008', '2201E', '2201F', '2201G'].includes(sqlState)
}

function joinsTexts(node: Node): boolean {
  return Object.entries(node).some(([name, value]) => {
    if (typeof value !== 'object' || value === null) return false
    const called = (value as Node)[name === 'A_Expr' ? 'name' : 'funcname']?.at?.(-1)?.String?.sval
    return joining.has(called) || joinsTexts(value as Node)
  })
}

const joining = new Set(['||', 'concat', 'concat_ws', 'format', 'replace', 'lpad', 'rpad', 'repeat'])

/**
 * Gives samples values as anybody has them, where nothing refers by them: no time to come, no number below 0 and none that nobody counts up to, no
 * text as long as it may be. What is reckoned with odd ones may fail where nothing of anybody's does. A table whose checks do not take them keeps what it has.
 */
export function usualValues(tables: readonly PicturedRelation[]): string {
  const oids = tables.map(({ oid }) => oid).join(', ')
  return quietly([
    `DO $limbeck$
DECLARE
  target record;
BEGIN
  FOR target IN
    SELECT attrelid::regclass AS name, string_agg(is_unusual, ' OR ') AS is_unusual,
      string_agg(format('%1$I = CASE WHEN %2$s THEN %3$s ELSE %1$I END', attname, is_unusual, instead), ', ') AS changes
    FROM pg_attribute a JOIN pg_type t ON t.oid = atttypid CROSS JOIN LATERAL (
      SELECT format('%I > now()', attname), format('(%I - interval ''100 years'')::%s', attname, typname), true
        WHERE typname IN ('date', 'timestamp', 'timestamptz')
      UNION ALL SELECT format('%I NOT BETWEEN 0 AND 1000000', attname), format('(abs(%I::numeric) %% 1000000)::%s', attname, typname), false
        WHERE typname IN ('int2', 'int4', 'int8', 'numeric', 'float4', 'float8')
      UNION ALL SELECT format('char_length(%I) >= %s', attname, atttypmod - 4), format('left(%I, %s)', attname, (atttypmod - 4) / 2), true
        WHERE typname = 'varchar' AND atttypmod > 4
    ) AS value (is_unusual, instead, stays_apart)
    WHERE attrelid = ANY (ARRAY[${oids}]::oid[]) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''
      AND (stays_apart OR NOT EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisunique AND attnum = ANY (indkey)))
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND (conrelid = attrelid AND attnum = ANY (conkey) OR confrelid = attrelid AND attnum = ANY (confkey)))
    GROUP BY attrelid
  LOOP
    BEGIN
      EXECUTE format('UPDATE ONLY %s SET %s WHERE %s', target.name, target.changes, target.is_unusual);
    EXCEPTION WHEN OTHERS THEN
      NULL;
    END;
  END LOOP;
END $limbeck$`,
  ])
}
