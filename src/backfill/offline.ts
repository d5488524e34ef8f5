import type { LedgerWriter } from '../ledger/record.ts'
import type { BackfillPlan } from '../operations/backfill-plan.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { doBlock, quoteLiteral } from '../sql/literal.ts'
import { keyQuery } from './key.ts'
import type { Pace } from './pace.ts'
import type { BatchStatement } from './statement.ts'

export type OfflineBackfill = {
  readonly ledger: LedgerWriter
  /** An expression that finds the run. */
  readonly run: string
  readonly stage: number
  readonly pace: Pace
}

/**
 * A backfill whose batches are a statement each as a loop on the server: a DO block that commits after each batch, as PostgreSQL allows outside a
 * transaction block, with the same checkpoints in the ledger. So one that is cut off goes on with `limbeck upgrade`.
 */
export function offlineLoop(
  plan: BackfillPlan,
  statement: BatchStatement,
  { ledger, run, stage, pace }: OfflineBackfill,
): string {
  const table = qualifiedName({ ...plan, name: plan.table })
  const settings = Object.entries(plan.settings ?? {})
    .map(([name, value]) => `, set_config(${quoteLiteral(name)}, ${quoteLiteral(value)}, false)`)
    .join('')
  const { smallestBatch, largestBatch, targetMilliseconds, firstBatch } = pace
  return doBlock(`
DECLARE
  names text; texts text; descending text; lower_end text; upper_end text; behind text; range text;
  after text[]; last text[]; upper text[];
  rows integer := ${firstBatch}; scanned bigint; written bigint; began timestamptz; milliseconds float;
BEGIN
  SELECT string_agg(quote_ident(name), ', ' ORDER BY n), string_agg(quote_ident(name) || '::text', ', ' ORDER BY n),
    string_agg(quote_ident(name) || ' DESC', ', ' ORDER BY n),
    string_agg(format('($1)[%s]::%s', n, type), ', ' ORDER BY n), string_agg(format('($2)[%s]::%s', n, type), ', ' ORDER BY n)
  INTO names, texts, descending, lower_end, upper_end FROM (${keyQuery(quoteLiteral(table))}) key;
  IF names IS NULL THEN
    RAISE EXCEPTION 'the table % has no primary key, nor a unique index whose columns are all NOT NULL', ${quoteLiteral(table)};
  END IF;
  EXECUTE format('SELECT ARRAY[%s] FROM %s ORDER BY %s LIMIT 1', texts, ${quoteLiteral(table)}, descending) INTO upper;
  ${ledger.offlineBackfillBegun(run, stage, plan.title, 'names', 'upper')}
  ${ledger.offlineClaim(run, stage, 'lock')}
  COMMIT;
  PERFORM set_config('limbeck.backfill', 'on', false)${settings};
  WHILE after IS DISTINCT FROM upper LOOP
    began := clock_timestamp();
    behind := CASE WHEN after IS NULL THEN '$1::text[] IS NULL' ELSE format('(%s) > (%s)', names, lower_end) END;
    range := format('%s AND (%s) <= (%s)', behind, names, upper_end);
    EXECUTE format('SELECT ARRAY[%s] FROM %s WHERE %s ORDER BY %s OFFSET %s LIMIT 1', texts, ${quoteLiteral(table)}, range, names, rows - 1)
      INTO last USING after, upper;
    scanned := rows;
    IF last IS NULL THEN
      last := upper;
      EXECUTE format('SELECT count(*) FROM %s WHERE %s', ${quoteLiteral(table)}, range) INTO scanned USING after, last;
    END IF;
    EXECUTE ${quoteLiteral(statement.before)} || range || ${quoteLiteral(statement.behind)} USING after, last;
    GET DIAGNOSTICS written = ROW_COUNT;
    ${ledger.offlineCheckpoint(run, stage)}
    COMMIT;
    after := last;
    milliseconds := greatest(1, extract(epoch FROM clock_timestamp() - began) * 1000);
    rows := greatest(${smallestBatch}, least(${largestBatch}, rows * 2, greatest(rows / 2, rows * ${targetMilliseconds} / milliseconds)));
  END LOOP;
  PERFORM set_config('limbeck.backfill', '', false);
  ${ledger.offlineClaim(run, stage, 'unlock')}
END`)
}
