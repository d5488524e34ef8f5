import { relative } from 'node:path'
import type { NamedRevision, SquashReport } from '../../commands/squash.ts'
import { Misuse } from '../options.ts'
import type { Input, Verb } from '../verb.ts'
import { writtenText } from './revision.ts'

export const squash: Verb = {
  name: 'squash',
  summary: 'replace a run of revisions by one with the same result',
  arguments: [
    { name: 'A:B', required: true, summary: 'from A to B, both included; base:B from the first on' },
  ],
  options: [
    { name: 'message', short: 'm', value: 'TEXT', summary: 'what it is about' },
    {
      name: 'data',
      value: 'keep|drop',
      summary: 'what becomes of revisions of rows alone; default: asks on a terminal, else keep',
    },
    { name: 'rev-id', value: 'ID', summary: 'its id' },
  ],
  examples: ['limbeck squash base:9f8e -m "the first year"', 'limbeck squash a1b2:9f8e --data drop'],
  async run(input) {
    const { squash: replaceRun } = await import('../../commands/squash.ts')
    const [message, id] = [input.text('message'), input.text('rev-id')]
    const report = await replaceRun(input.config, input.arguments[0] ?? '', {
      ...(message === undefined ? {} : { message }),
      ...(id === undefined ? {} : { id }),
      data: dataWish(input),
      signal: input.run.signal,
    })
    return { report, text: squashedText(report, input) }
  },
}

function dataWish(input: Input) {
  const said = input.text('data')
  if (said === 'keep' || said === 'drop') return said
  if (said !== undefined) throw new Misuse(`--data is keep or drop, not ${said}`)
  return async (revisions: readonly NamedRevision[]) => {
    const list = revisions.map(({ id, message }) => `  ${id}  ${message}`).join('\n')
    const answer = await input.confirm(`These only read or write rows:\n${list}\n\nKeep them?`)
    return answer === false ? ('drop' as const) : ('keep' as const)
  }
}

function squashedText(report: SquashReport, input: Input): string {
  const { style } = input
  return [
    writtenText(report, input),
    '',
    `  replaces ${counted(report.replaces.length, 'revision')}: ${report.replaces.map(({ id }) => id).join(', ')}`,
    ...listed('made one', report.merged),
    ...listed('as they were', report.kept),
    ...listed('left out', report.dropped),
    ...(report.notMerged === null
      ? []
      : [`${style.warn('!')} nothing could be made one: ${report.notMerged}`]),
    ...(report.irreversible === null
      ? []
      : [`${style.warn('!')} it cannot be undone: ${report.irreversible}`]),
    ...report.columnOrder.map(
      (name) => `${style.warn('!')} the columns of ${name} come in another order than before`,
    ),
    '',
    ...fileLines(report, input),
  ].join('\n')
}

function listed(what: string, revisions: readonly NamedRevision[]): readonly string[] {
  return revisions.length === 0 ? [] : [`  · ${what}: ${revisions.map(({ id }) => id).join(', ')}`]
}

function fileLines({ moved, staying, parts }: SquashReport, { style, directory }: Input): readonly string[] {
  const folders = [
    ...new Set(moved.map(({ to }) => relative(directory, to).split(/[\\/]/).slice(0, -1).join('/'))),
  ]
  const passing = staying.filter((file) => !parts.includes(file))
  return [
    ...(moved.length === 0 ? [] : [`  ${counted(moved.length, 'file')} moved to ${folders.join(', ')}`]),
    ...passing.map(
      (file) => `  ${relative(directory, file)} stays: it may name other files as seen from there`,
    ),
    `  Delete the old files when every database is past ${style.strong('them')}; a database within the run needs them.`,
    ...parts.map((file) => `${style.warn('!')} ${relative(directory, file)} is taken in, and has to stay`),
  ]
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
