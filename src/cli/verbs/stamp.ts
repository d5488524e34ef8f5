import type { StampFromReport } from '../../commands/stamp-from.ts'
import { offlineFor, offlineOptions, script } from '../offline.ts'
import { Misuse } from '../options.ts'
import { plural } from '../text.ts'
import type { Input, Outcome, Verb } from '../verb.ts'

export const stamp: Verb = {
  name: 'stamp',
  summary: 'say that the database stands at a revision, without running anything',
  arguments: [{ name: 'REVISION', many: true, summary: 'where it stands: head, heads, base, an id' }],
  options: [
    {
      name: 'from',
      value: 'TOOL',
      summary:
        'instead of a revision: where another tool says that it stands; alembic, prisma, drizzle, flyway, dbmate, goose, golang-migrate, sqitch, node-pg-migrate',
    },
    { name: 'from-alembic', summary: 'the same as --from alembic' },
    {
      name: 'version-table',
      value: 'TABLE',
      summary: 'with --from: its table of versions, where it has another name: TABLE or SCHEMA.TABLE',
    },
    { name: 'purge', summary: 'forget first what the ledger says, also of revisions that have no file' },
    ...offlineOptions,
  ],
  examples: [
    'limbeck stamp head',
    'limbeck stamp base',
    'limbeck stamp --from-alembic',
    'limbeck stamp --from flyway --version-table audit.flyway_schema_history',
    'limbeck stamp head --sql',
  ],
  async run(input) {
    const from = input.flag('from-alembic') ? 'alembic' : input.text('from')
    checkWords(input, from)
    if (from !== undefined) return takeOver(input, from)
    if (input.flag('sql')) {
      const { offlineStamp } = await import('../../commands/offline.ts')
      return script(await offlineStamp(input.config, input.arguments, offlineFor(input)))
    }
    const { stamp: stampRevisions } = await import('../../commands/stamp.ts')
    const report = await stampRevisions(input.config, input.arguments, {
      ...input.run,
      purge: input.flag('purge'),
    })
    const { style } = input
    const text = `${style.good('✓')} ${plural(report.marked.length, 'revision')} marked as applied, ${report.unmarked.length} as not applied ${style.faint(report.database)}`
    return { report, text }
  },
}

/** Either revisions or a tool says where a database stands. */
function checkWords(input: Input, from: string | undefined): void {
  if (from === undefined && input.arguments.length === 0) {
    throw new Misuse('limbeck stamp needs REVISION: where it stands: head, heads, base, an id.', {
      hint: 'For example "limbeck stamp head", or "limbeck stamp --from-alembic".',
    })
  }
  if (from === undefined) return
  if (input.arguments.length > 0)
    throw new Misuse(
      `"limbeck stamp --from ${from}" takes no REVISION: ${from} says where the database stands.`,
    )
  if (input.flag('sql'))
    throw new Misuse(`"limbeck stamp --from ${from}" reads the database, and --sql is written without one.`)
}

async function takeOver(input: Input, from: string): Promise<Outcome> {
  const { stampFrom } = await import('../../commands/stamp-from.ts')
  const versionTable = input.text('version-table')
  const report = await stampFrom(input.config, from, {
    ...input.run,
    purge: input.flag('purge'),
    ...(versionTable === undefined ? {} : { versionTable }),
  })
  return { report, text: takenOverText(report, input) }
}

function takenOverText(report: StampFromReport, { style }: Input): string {
  const { title, table, marked, unmarked, database } = report
  const at =
    report.applied.length > 3 ? `${plural(report.applied.length, 'migration')}` : report.applied.join(', ')
  const says = `${title} says ${at || 'that nothing is applied'} (${table})`
  if (marked.length + unmarked.length === 0)
    return `Nothing to do: ${says}, and the ledger says the same. ${style.faint(database)}`
  const off = unmarked.length === 0 ? '' : `, ${unmarked.length} as not applied`
  return `${style.good('✓')} ${plural(marked.length, 'revision')} marked as applied${off}: ${says} ${style.faint(database)}`
}
