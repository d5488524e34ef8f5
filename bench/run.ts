/**
 * Speed, as ratios and differences within one run: `npm run bench`, or `npm run bench -- startup` for one part of it. Exit code 3
 * if a line misses what it promises. Build first: what is measured is dist/, as users have it.
 */
import { startServer } from '../test/servers/server.ts'
import { autogenerateLines } from './autogenerate.ts'
import { backfillLines } from './backfill.ts'
import { gateLines } from './gate.ts'
import { importerLines } from './importer.ts'
import { lintLines } from './lint-speed.ts'
import type { Line } from './measure.ts'
import { onlineLines } from './online.ts'
import { revisionLines } from './revisions.ts'
import { snapshotLines } from './snapshot.ts'
import { startupLines } from './startup.ts'
import { verifyLines } from './verify.ts'

const [only] = process.argv.slice(2)
const parts = {
  startup: startupLines,
  revisions: revisionLines,
  backfill: backfillLines,
  online: onlineLines,
  snapshot: snapshotLines,
  autogenerate: autogenerateLines,
  lint: lintLines,
  gate: gateLines,
  verify: verifyLines,
  importer: importerLines,
}

await using server = await startServer(18, { settings: { shared_buffers: '512MB', max_wal_size: '8GB' } })
let missed = 0
for (const [name, measure] of Object.entries(parts)) {
  if (only !== undefined && only !== name) continue
  for (const line of await measure(server)) {
    print(line)
    if (!line.holds) missed++
  }
}
if (missed > 0) process.exitCode = 3

function print({ what, measured, limit, holds }: Line): void {
  process.stdout.write(`${holds ? '✓' : '✗'} ${what.padEnd(66)} ${measured.padStart(16)}   ${limit}\n`)
}
