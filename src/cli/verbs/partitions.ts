import type { PartitionStatus } from '../../commands/partitions.ts'
import { blockersOption, withBlockersOption } from '../blockers-option.ts'
import { Misuse } from '../options.ts'
import type { Style } from '../style.ts'
import { plural } from '../text.ts'
import type { Input, Outcome, Verb } from '../verb.ts'

export const partitions: Verb = {
  name: 'partitions',
  summary:
    'how the partitions stand that op.keepPartitions names; run: make what is missing, let go of what is old',
  arguments: [
    {
      name: 'run',
      summary: 'do it; without it nothing is changed, and exit code 3 says that there is something to do',
    },
  ],
  options: [blockersOption],
  examples: ['limbeck partitions', 'limbeck partitions run'],
  async run(input) {
    const [action] = input.arguments
    if (action === 'run') return runUpkeep(input)
    if (action !== undefined)
      throw new Misuse(`"limbeck partitions" takes "run" or nothing, not ${JSON.stringify(action)}.`)
    const { partitions: look } = await import('../../commands/partitions.ts')
    const report = await look(input.config)
    const wanting = report.tables.some(isWanting)
    const none = `No applied revision says op.keepPartitions. ${input.style.faint(report.database)}`
    const text = report.tables.length === 0 ? none : tablesText(report.tables, input.style)
    return { report, text, exitCode: wanting ? 3 : 0 }
  },
}

async function runUpkeep(input: Input): Promise<Outcome> {
  const { partitionsRun } = await import('../../commands/partitions.ts')
  const report = await partitionsRun(withBlockersOption(input), input.run)
  const { style } = input
  const lines = [
    ...report.done.map((what) => `${style.good('✓')} ${what}`),
    ...report.failed.map(({ what, message }) => `${style.bad('✗')} ${what}: ${message}`),
    ...(report.tables.length === 0 ? [] : [tablesText(report.tables, style)]),
  ]
  const none = `No applied revision says op.keepPartitions. ${style.faint(report.database)}`
  return {
    report,
    text: lines.length === 0 ? none : lines.join('\n'),
    exitCode: report.failed.length > 0 ? 1 : 0,
  }
}

function isWanting({ missing, old, rowsInDefault }: PartitionStatus): boolean {
  return missing.length > 0 || old.length > 0 || rowsInDefault
}

function tablesText(tables: readonly PartitionStatus[], style: Style): string {
  return tables.map((table) => tableText(table, style)).join('\n')
}

function tableText(table: PartitionStatus, style: Style): string {
  const { rule, until, missing, gaps, old, rowsInDefault } = table
  const name = table.schema === null ? table.table : `${table.schema}.${table.table}`
  const kept = rule.keep === undefined ? 'all are kept' : `${plural(rule.keep, rule.every)} kept`
  const head = `${isWanting(table) ? style.warn('!') : style.good('✓')} ${style.strong(name)}  ${plural(table.partitions, 'partition')}, ${kept}, ${until === null ? 'none for now' : `made until ${day(until)}`}`
  return [
    head,
    ...(missing.length === 0 ? [] : [`    missing: ${missing.map(day).join(', ')}`]),
    ...(gaps.length === 0 ? [] : [`    gaps: ${gaps.map(day).join(', ')}`]),
    ...(old.length === 0 ? [] : [`    too old: ${old.join(', ')}`]),
    ...(rowsInDefault
      ? ['    rows lie in the default partition, in the way of a partition for their time']
      : []),
  ].join('\n')
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
