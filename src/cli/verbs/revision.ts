import { relative, resolve } from 'node:path'
import { Misuse } from '../options.ts'
import { phaseOption } from '../phase.ts'
import { renamesOf, unclearLines } from '../renames.ts'
import type { Input, Outcome, Verb } from '../verb.ts'

export const revision: Verb = {
  name: 'revision',
  summary: 'write a new revision',
  options: [
    { name: 'message', short: 'm', value: 'TEXT', summary: 'what it is about' },
    { name: 'head', value: 'REVISION', many: true, summary: 'what it comes after; default: the head' },
    { name: 'splice', summary: 'let it come after a revision that is no head' },
    { name: 'branch-label', value: 'LABEL', summary: 'a name for the branch that it begins' },
    {
      name: 'version-path',
      value: 'DIR',
      summary: 'the folder to write into; default: the first of the project',
    },
    { name: 'rev-id', value: 'ID', summary: 'its id; default: twelve random hexadecimal digits' },
    {
      name: 'depends-on',
      value: 'REVISION',
      many: true,
      summary: 'what has to be applied before, without being a parent',
    },
    {
      name: 'phase',
      value: 'PHASE',
      summary: 'when in a deploy it runs, expand or contract; default: as its operations imply',
    },
    {
      name: 'template',
      short: 't',
      value: 'NAME',
      summary: 'ts, js, sql or one of the project; default: ts',
    },
    { name: 'autogenerate', summary: 'write what makes the declared schema' },
    {
      name: 'rename',
      value: 'OLD=NEW',
      many: true,
      summary: 'with --autogenerate: what has another name now; OLD= for what has not',
    },
    {
      name: 'against',
      value: 'SIDE',
      summary: 'with --autogenerate: compare with what the revisions make, or with what the database has',
    },
    {
      name: 'online',
      summary:
        'with --autogenerate: another name, and what writes a table anew, in two revisions around a deploy',
    },
    { name: 'allow-loss', summary: 'with --autogenerate: also what loses rows or values' },
  ],
  examples: [
    'limbeck revision -m "add users"',
    'limbeck revision -m "billing" --head base --branch-label billing',
    'limbeck revision --autogenerate -m "add teams"',
  ],
  async run(input) {
    if (input.flag('autogenerate')) return generated(input)
    refuseIdle(input)
    const { revision: writeRevision } = await import('../../commands/revision.ts')
    const report = await writeRevision(input.config, revisionOptions(input))
    return { report, text: writtenText(report, input) }
  },
}

/** Who says how something is to be generated wants it generated. */
function refuseIdle(input: Input): void {
  const isSaid = (name: string) => input.flag(name) || (input.text(name) ?? input.texts(name)) !== undefined
  const said = ['rename', 'against', 'online', 'allow-loss'].filter(isSaid)
  if (said.length > 0)
    throw new Misuse(`Nothing is generated for ${said.map((name) => `--${name}`).join(' and ')}.`, {
      hint: 'Say --autogenerate too.',
    })
}

async function generated(input: Input): Promise<Outcome> {
  const { style } = input
  const { withBegunThread } = await import('../../commands/begun-thread.ts')
  const report = await withBegunThread(input.config, true, () => askingForRenames(input, renamesOf(input)))
  if (report === null) {
    const text = `${style.good('✓')} the revisions make the declared schema already; nothing was written`
    return { report: { id: null, file: null, does: [] }, text }
  }
  const written = [report, ...(report.contract === null ? [] : [report.contract])]
  const text = written.flatMap((one, at) => [
    ...(at === 0 ? [] : ['', 'Once the new application is out and the old one is gone:', '']),
    writtenText(one, input),
    '',
    ...one.does.map((title) => `  ${style.faint('·')} ${title}`),
    ...(one.irreversible === null ? [] : ['', `${style.bad('!')} cannot be undone: ${one.irreversible}`]),
  ])
  const losses = report.losses.map((loss) => `${style.bad('!')} loses ${loss}`)
  const hazards = report.hazards.map((hazard) => `${style.bad('!')} ${hazard}`)
  if (losses.length + hazards.length > 0) text.push('')
  return { report, text: [...text, ...losses, ...hazards, ...unclearLines(report.unclear, style)].join('\n') }
}

/** On a terminal a person is asked what has another name now; elsewhere it is an error that says how to say it. */
async function askingForRenames(input: Input, said: { readonly [from: string]: string | null }) {
  const { generateRevision } = await import('../../commands/generate-revision.ts')
  const { RenameUnclear } = await import('../../commands/prove.ts')
  let renames = said
  for (;;) {
    try {
      return await generateRevision(input.config, {
        ...revisionOptions(input),
        signal: input.run.signal,
        allowLoss: input.flag('allow-loss'),
        ...(input.flag('online') ? { online: true } : {}),
        ...againstOption(input.text('against')),
        renames,
      })
    } catch (error) {
      const [first] = error instanceof RenameUnclear ? error.renames : []
      if (first === undefined) throw error
      const answer = await input.confirm(`Is ${first.to} what ${first.from} was, with its rows?`)
      if (answer === null) throw error
      renames = { ...renames, [first.from]: answer ? first.to : null }
    }
  }
}

function againstOption(text: string | undefined): { readonly against?: 'revisions' | 'database' } {
  if (text === undefined) return {}
  if (text === 'revisions' || text === 'database') return { against: text }
  throw new Misuse(`--against takes revisions or database, not ${text}`)
}

/** The options that `revision` and `merge` share. */
export function revisionOptions(input: Input) {
  const directory = input.text('version-path')
  return {
    ...optional('message', input.text('message')),
    ...optional('heads', input.texts('head')),
    ...optional('branchLabel', input.text('branch-label')),
    ...optional('directory', directory && resolve(input.directory, directory)),
    ...optional('id', input.text('rev-id')),
    ...optional('dependsOn', input.texts('depends-on')),
    ...phaseOption(input.text('phase')),
    ...optional('template', input.text('template')),
    splice: input.flag('splice'),
  }
}

export function writtenText(
  report: { readonly id: string; readonly file: string; readonly downRevisions: readonly string[] },
  { style, directory }: Input,
): string {
  const after =
    report.downRevisions.length === 0 ? 'a new base' : `after ${report.downRevisions.join(' and ')}`
  return `${style.good('✓')} ${relative(directory, report.file)}\n  ${style.strong(report.id)}, ${after}`
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: Value }
}
