import type { BackfillListReport, BackfillReport } from '../../commands/backfill.ts'
import type { BackfillStatus } from '../../ledger/backfills.ts'
import { Misuse } from '../options.ts'
import type { Style } from '../style.ts'
import { columns, count, duration, plural } from '../text.ts'
import type { Input, Outcome, Verb } from '../verb.ts'

const actions = 'list, run, pause, resume, cancel, tune, verify or retry'

export const backfill: Verb = {
  name: 'backfill',
  summary: 'look at backfills, and steer one that runs in any process',
  arguments: [
    { name: 'ACTION', required: true, summary: actions },
    { name: 'REVISION', summary: 'whose backfill; may be left out where only one is under way' },
  ],
  options: [
    { name: 'batch-milliseconds', value: 'N', summary: 'with tune: how long a batch should take' },
    { name: 'workers', value: 'N', summary: 'with run: how many sessions this process works on' },
    { name: 'repair', summary: 'with verify: put right what is wrong' },
    { name: 'watch', summary: 'with list: show it anew every second until all are done' },
    { name: 'all', summary: 'with list: those too that ended more than a day ago' },
  ],
  examples: [
    'limbeck backfill list --watch',
    'limbeck backfill list --all',
    'limbeck backfill run --workers 4',
    'limbeck backfill pause migrate_prefs',
    'limbeck backfill tune migrate_prefs --batch-milliseconds 30',
    'limbeck backfill verify --repair',
  ],
  async run(input) {
    const [action = ''] = input.arguments
    if (action === 'list') return input.flag('watch') ? watch(input) : list(input)
    if (action === 'run') return work(input)
    if (action === 'verify') return verify(input)
    if (action === 'retry') return retry(input)
    const report = await act(action, input)
    return { report, text: backfillText(report, input.style) }
  },
}

async function act(action: string, input: Input): Promise<BackfillReport> {
  const commands = await import('../../commands/backfill.ts')
  const selection = selectionOf(input)
  switch (action) {
    case 'pause':
      return commands.backfillPause(input.config, selection)
    case 'resume':
      return commands.backfillResume(input.config, selection)
    case 'cancel':
      return commands.backfillCancel(input.config, selection)
    case 'tune':
      return commands.backfillTune(input.config, {
        ...selection,
        batchMilliseconds: whole(input.text('batch-milliseconds'), 'tune', 'batch-milliseconds'),
      })
    default:
      throw new Misuse(`"limbeck backfill" takes ${actions}, not ${JSON.stringify(action)}.`)
  }
}

function selectionOf({ arguments: [, revision] }: Input) {
  return revision === undefined ? {} : { revision }
}

/** Works until nothing is left; what an upgrade was at is recorded as done by the upgrade itself. */
async function work(input: Input): Promise<Outcome> {
  const { backfillRun } = await import('../../commands/backfill-run.ts')
  const workers = input.text('workers')
  const report = await backfillRun(input.config, {
    ...input.run,
    ...selectionOf(input),
    ...(workers === undefined ? {} : { workers: whole(workers, 'run', 'workers') }),
  })
  const { style } = input
  if (report.backfills.length === 0)
    return { report, text: `No backfill has anything left to do. ${style.faint(report.database)}` }
  const lines = report.backfills.map(({ revision, title, scanned, written, open }) => {
    const rest = open ? style.faint('  "limbeck upgrade" goes on from there') : ''
    return `${style.good('✓')} ${style.strong(revision)}  ${title}  ${count(scanned)} rows, ${count(written)} written${rest}`
  })
  return { report, text: lines.join('\n') }
}

/** Exit code 3 where rows are wrong and stay so. */
async function verify(input: Input): Promise<Outcome> {
  const { backfillVerify } = await import('../../commands/backfill-rows.ts')
  const options = { ...input.run, ...selectionOf(input), repair: input.flag('repair') }
  const report = await backfillVerify(input.config, options)
  const { style } = input
  const lines = report.verified.map(({ revision, title, checked, wrong, repaired, examples }) => {
    const head = `${style.strong(revision)}  ${title}  ${count(checked)} rows`
    if (wrong === 0) return `${style.good('✓')} ${head}`
    const where = examples.map((key) => key.join(', ')).join('; ')
    return `${style.bad('✗')} ${head}, ${style.bad(`${count(wrong)} wrong`)}, ${count(repaired)} put right; for instance ${where}`
  })
  const wrong = report.verified.some((one) => one.wrong > one.repaired)
  const text =
    lines.length === 0 ? `No backfill is applied. ${style.faint(report.database)}` : lines.join('\n')
  return { report, text, exitCode: wrong ? 3 : 0 }
}

async function retry(input: Input): Promise<Outcome> {
  const { backfillRetry } = await import('../../commands/backfill-rows.ts')
  const report = await backfillRetry(input.config, { ...input.run, ...selectionOf(input) })
  const { style } = input
  const lines = report.retried.map(
    ({ revision, title, done, failed }) =>
      `${failed === 0 ? style.good('✓') : style.warn('!')} ${style.strong(revision)}  ${title}  ${count(done)} rows done, ${count(failed)} failed again`,
  )
  const text = lines.length === 0 ? `No row is set aside. ${style.faint(report.database)}` : lines.join('\n')
  return { report, text, exitCode: report.retried.some(({ failed }) => failed > 0) ? 3 : 0 }
}

function whole(text: string | undefined, action: string, option: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new Misuse(`"limbeck backfill ${action}" needs --${option} with a whole number above 0.`)
}

async function list(input: Input) {
  const { backfillList } = await import('../../commands/backfill.ts')
  const report = await backfillList(input.config, { all: input.flag('all') })
  return { report, text: listText(report, input.style) }
}

async function watch(input: Input) {
  const { setTimeout } = await import('node:timers/promises')
  for (;;) {
    const listed = await list(input)
    const { backfills, leftOut } = listed.report
    // Before the first one is begun there is something to wait for.
    const begun = backfills.length + leftOut > 0
    const over = begun && backfills.every(({ open }) => !open)
    if (over || input.run.signal?.aborted === true) return listed
    input.show(listed.text)
    await setTimeout(1_000, undefined, { signal: input.run.signal }).catch(() => {})
  }
}

const barWidth = 20

function listText({ backfills, leftOut, database }: BackfillListReport, style: Style): string {
  const none = leftOut === 0 ? 'No backfill has been begun.' : 'No backfill is under way.'
  const text =
    backfills.length === 0 ? `${none} ${style.faint(database)}` : backfillText({ backfills }, style)
  if (leftOut === 0) return text
  return `${text}\n${style.faint(`${plural(leftOut, 'backfill')} that ended more than a day ago: limbeck backfill list --all`)}`
}

function backfillText({ backfills }: Pick<BackfillReport, 'backfills'>, style: Style): string {
  const heads = columns(
    backfills.map((one) => [style.strong(one.revision), one.title, stateText(one, style), bar(one, style)]),
  ).split('\n')
  return backfills.map((one, n) => `${heads[n]}\n  ${style.faint(counts(one))}`).join('\n')
}

function stateText(one: BackfillStatus, style: Style): string {
  const { state } = one
  if (state === 'done') return style.good('done')
  if (state === 'running') return style.accent('running')
  return style.warn(state === 'stopped' && one.detached ? 'detached' : state)
}

function bar({ scanned, estimated, state }: BackfillStatus, style: Style): string {
  const share = state === 'done' ? 1 : estimated ? Math.min(1, scanned / estimated) : 0
  const filled = Math.round(share * barWidth)
  return `${style.accent('█'.repeat(filled))}${style.faint('░'.repeat(barWidth - filled))} ${String(Math.floor(share * 100)).padStart(3)} %`
}

function counts(one: BackfillStatus): string {
  const { scanned, estimated, written, failed, rate, state, workers, waitsFor, batchMilliseconds } = one
  const going = state === 'running' || state === 'waiting'
  const left = estimated === null || rate === 0 || !going ? null : Math.max(0, estimated - scanned) / rate
  return [
    state === 'waiting' || state === 'paused' ? (waitsFor ?? '') : '',
    `${count(scanned)}${estimated === null || scanned > estimated ? '' : ` of about ${count(estimated)}`} rows`,
    written === scanned ? '' : `${count(written)} written`,
    failed > 0 ? `${count(failed)} set aside` : '',
    workers > 0 ? plural(workers, 'worker') : '',
    going && rate > 0 ? `${count(rate)}/s` : '',
    batchMilliseconds === null ? '' : `batches of ${batchMilliseconds} ms`,
    left === null ? '' : `about ${duration(1000 * Math.ceil(left))} left`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}
