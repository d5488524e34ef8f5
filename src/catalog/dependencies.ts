import type { Address } from './object-kind.ts'
import { firstUserOid } from './scope.ts'

/**
 * One row of pg_depend. `part`: the dependent may be a part of what it depends on, and no object of its own: surely so where it is `internal`, as
 * the index of a constraint, which depends on columns too.
 */
export type Dependency = Address & {
  readonly refclassid: number
  readonly refobjid: number
  readonly refobjsubid: number
  readonly part: 'internal' | 'automatic' | null
}

/** What is in an operator family is a part of that, and of no function or operator on which it depends in the same way. */
const ofFamily = `classid IN ('pg_amop'::regclass, 'pg_amproc'::regclass) AND refclassid IN ('pg_opfamily'::regclass, 'pg_opclass'::regclass)`

/**
 * What depends on what, but for what came with PostgreSQL. A sequence that a column owns is no part of it: it can be made before, and its
 * owner is an object here. What a partition has of a trigger of its table comes and goes with that.
 * https://www.postgresql.org/docs/current/catalog-pg-depend.html
 */
export const dependencyQuery = `SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, 
  CASE WHEN deptype IN ('i', 'e') OR ${ofFamily} THEN 'internal' WHEN deptype = 'a' THEN 'automatic' END AS part
FROM pg_depend WHERE objid >= ${firstUserOid} AND refobjid >= ${firstUserOid}
  AND NOT (deptype = 'a' AND classid = 'pg_class'::regclass AND refobjsubid > 0 AND objid IN (SELECT seqrelid FROM pg_sequence))
  AND NOT (classid = 'pg_trigger'::regclass AND objid IN (SELECT oid FROM pg_trigger WHERE tgparentid <> 0))`
