import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LintOptions, LintReport } from '../../commands/lint.ts'
import type { Level } from '../../lint/hazard.ts'
import { Misuse } from '../options.ts'
import type { Input, Outcome, Verb } from '../verb.ts'

export const lint: Verb = {
  name: 'lint',
  summary: 'what migrations lock, and what goes wrong; exit code 3 if anything does',
  arguments: [
    {
      name: 'WHAT',
      summary:
        'revisions, ranges of them, files of SQL, or "-" for SQL on standard input; default: what is not applied',
      many: true,
    },
  ],
  options: [
    {
      name: 'schema',
      value: 'PATH',
      many: true,
      summary: 'for files: SQL that makes the schema that there is before',
    },
    {
      name: 'transaction',
      value: 'MODE',
      summary: 'for files: one transaction for each (one), or none but their own (none)',
    },
    {
      name: 'since',
      value: 'COMMIT',
      summary: 'the revisions that are new or changed since a commit of git',
    },
    {
      name: 'downgrade',
      summary: 'the way back of revisions, the last one first, where all of them are applied',
    },
    { name: 'pg-version', value: 'MAJOR', summary: "PostgreSQL's major version that they are for" },
    {
      name: 'fail-on',
      value: 'LEVEL',
      summary: 'exit code 3 from there on: error (the default), warning, advice, never',
    },
    {
      name: 'fix',
      summary:
        "rewrite SQL of yours in revisions as Limbeck's own operations that do the same, or in .sql files as other SQL, where that is safe",
    },
    { name: 'format', value: 'FORMAT', summary: 'pretty (the default), json, sarif, github, gitlab, junit' },
  ],
  examples: [
    'limbeck lint',
    'limbeck lint --since origin/main --format github',
    'limbeck lint head --fix',
    'limbeck lint --since origin/main --downgrade',
    'limbeck lint migrate.sql --schema schema.sql',
    'alembic upgrade head --sql | limbeck lint - --schema dump.sql',
  ],
  async run(input) {
    const write = await writerOf(input)
    const from = failOn(input)
    const options = optionsOf(input)
    const { lint: look, worstLevel } = await import('../../commands/lint.ts')
    const report = await look(input.config, {
      ...(await subjectsOf(input)),
      ...options,
      asksDatabase: input.text('database-url') !== undefined,
      ...waysOf(input),
      signal: input.run.signal,
    })
    return { report, ...write(report), exitCode: reaches(worstLevel(report), from) ? 3 : 0 }
  },
}

const standardInput = 'standard input'

/** What makes a text of the report, in the format that is asked for. */
async function writerOf(input: Input): Promise<(report: LintReport) => Pick<Outcome, 'text' | 'verbatim'>> {
  const format = input.text('format') ?? 'pretty'
  if (format === 'pretty') {
    const { lintText } = await import('../lint-text.ts')
    const begun = performance.now()
    return (report) => {
      const { style, width } = input
      return { text: lintText(report, { style, width, milliseconds: performance.now() - begun }) }
    }
  }
  const { lintFormats } = await import('../lint-formats/formats.ts')
  const { fromRepository } = await import('../lint-formats/repository-paths.ts')
  const write = Object.hasOwn(lintFormats, format) ? lintFormats[format] : undefined
  if (write === undefined)
    throw new Misuse(`There is no format ${JSON.stringify(format)}.`, {
      hint: `Say one of pretty, ${Object.keys(lintFormats).join(', ')}.`,
    })
  const directory = resolve(input.config.directory ?? input.directory)
  return (report) => {
    const located =
      format === 'json' ? report : fromRepository(report, { directory, exceptFor: standardInput })
    return { text: write(located), verbatim: true }
  }
}

async function subjectsOf(input: Input): Promise<Pick<LintOptions, 'files' | 'texts' | 'revisions'>> {
  const files = input.arguments.filter((word) => isFile(word, input.directory))
  const selectors = input.arguments.filter((word) => word !== '-' && !files.includes(word))
  const isPiped = input.arguments.includes('-')
  const since = input.text('since')
  if (selectors.length > 0 && (files.length > 0 || isPiped))
    throw new Misuse('Revisions and files of SQL cannot be looked at in one run.', {
      hint: 'Run "limbeck lint" for each.',
    })
  if ((files.length > 0 || isPiped) && input.flag('downgrade'))
    throw new Misuse('--downgrade is for revisions: of a file of SQL nobody knows the way back.', {
      hint: 'Give the SQL that goes back as a file of its own.',
    })
  if (files.length > 0 || isPiped) {
    const texts = isPiped ? [{ name: standardInput, text: await input.readAll() }] : []
    return { files: files.map((file) => resolve(input.directory, file)), texts }
  }
  if (since !== undefined) return { revisions: { since } }
  return { revisions: selectors.length > 0 ? { selectors } : { pending: true } }
}

function isFile(word: string, directory: string): boolean {
  return word.endsWith('.sql') || (word !== '-' && existsSync(resolve(directory, word)))
}

function optionsOf(input: Input): Pick<LintOptions, 'schema' | 'transaction' | 'major'> {
  const transaction = input.text('transaction')
  if (transaction !== undefined && transaction !== 'one' && transaction !== 'none')
    throw new Misuse(`--transaction has to be "one" or "none", not ${JSON.stringify(transaction)}.`, {
      hint: 'Say how whoever runs the files wraps them.',
    })
  const major = input.text('pg-version')
  if (major !== undefined && !/^1[3-8]$/.test(major))
    throw new Misuse(`--pg-version has to be a major version from 13 to 18, not ${JSON.stringify(major)}.`, {
      hint: 'Say 15, for example.',
    })
  return {
    schema: (input.texts('schema') ?? []).map((path) => resolve(input.directory, path)),
    ...(transaction === undefined ? {} : { transaction }),
    ...(major === undefined ? {} : { major: Number(major) }),
  }
}

function waysOf(input: Input): Pick<LintOptions, 'fix' | 'downgrade'> {
  const [fix, downgrade] = [input.flag('fix'), input.flag('downgrade')]
  if (fix && downgrade)
    throw new Misuse('--fix rewrites what an upgrade runs, and --downgrade looks at the way back.', {
      hint: 'Leave out one of them.',
    })
  return { fix, downgrade }
}

const order: readonly (Level | 'never')[] = ['never', 'error', 'warning', 'advice']

function failOn(input: Input): Level | 'never' {
  const said = input.text('fail-on') ?? 'error'
  const level = order.find((one) => one === said)
  if (level === undefined)
    throw new Misuse(`--fail-on has to be error, warning, advice or never, not ${JSON.stringify(said)}.`, {
      hint: 'The default is error.',
    })
  return level
}

function reaches(worst: Level | null, from: Level | 'never'): boolean {
  return worst !== null && order.indexOf(worst) <= order.indexOf(from)
}
