import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { LimbeckError } from '../error.ts'
import type { Option, Verb } from './verb.ts'

/** Options that every verb takes. */
export const globalOptions: readonly Option[] = [
  {
    name: 'config',
    short: 'c',
    value: 'FILE',
    summary: 'the config file; default: limbeck.config.ts, .js or .mjs here or above',
  },
  { name: 'database-url', value: 'URL', summary: 'the database, before the config file’s and DATABASE_URL' },
  {
    name: 'migrations',
    value: 'DIR',
    many: true,
    summary: 'a folder of revisions, instead of the config file’s',
  },
  { name: 'json', summary: 'print one JSON document' },
  {
    name: 'events',
    summary: 'instead of progress, print what happens as it happens: one JSON object a line, on stderr',
  },
  { name: 'quiet', short: 'q', summary: 'print no progress' },
  { name: 'no-color', summary: 'print no colours; NO_COLOR does the same' },
  { name: 'yes', short: 'y', summary: 'go on without asking, also where data is lost' },
  { name: 'help', short: 'h', summary: 'print what the command takes' },
]

/** The command line makes no sense. */
export class Misuse extends LimbeckError {
  readonly code = 'MISUSE'
}

export type ParsedLine = {
  readonly arguments: readonly string[]
  readonly values: { readonly [name: string]: string | boolean | readonly string[] | undefined }
}

/** Reads the arguments and options after the verb. */
export function parseLine(verb: Verb, words: readonly string[]): ParsedLine {
  const options = [...(verb.options ?? []), ...globalOptions]
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    options.map(({ name, short, value, many }) => [
      name,
      {
        type: value === undefined ? 'boolean' : 'string',
        ...(short === undefined ? {} : { short }),
        ...(many === true ? { multiple: true } : {}),
      },
    ]),
  )
  try {
    const parsed = parseArgs({
      args: signedNumbersApart(words, options),
      options: config,
      allowPositionals: true,
      strict: true,
    })
    checkArguments(verb, parsed.positionals, parsed.values['help'] === true)
    return { arguments: parsed.positionals, values: parsed.values as ParsedLine['values'] }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Misuse(`limbeck ${verb.name}: ${error.message.split('. To specify')[0]}`, {
      hint: `"limbeck ${verb.name} --help" lists what it takes.`,
      cause: error,
    })
  }
}

/** `-1` and `-3:current` are revisions, not options: they are moved behind a `--`. */
function signedNumbersApart(words: readonly string[], options: readonly Option[]): string[] {
  const takesValue = new Set(
    options.flatMap(({ name, short, value }) =>
      value === undefined ? [] : [`--${name}`, ...(short ? [`-${short}`] : [])],
    ),
  )
  const plain: string[] = []
  const signed: string[] = []
  words.forEach((word, n) => {
    const valued = takesValue.has(words[n - 1] ?? '')
    if (!/^-\d/.test(word)) plain.push(word)
    else if (valued) plain[plain.length - 1] += `=${word}`
    else signed.push(word)
  })
  const joined = plain.map((word) => word.replace(/^(-\w)=/, '$1'))
  if (signed.length === 0) return joined
  return joined.includes('--') ? [...joined, ...signed] : [...joined, '--', ...signed]
}

function checkArguments(verb: Verb, given: readonly string[], helping: boolean): void {
  if (helping) return
  const wanted = verb.arguments ?? []
  const missing = wanted.filter(({ required }) => required === true)[given.length]
  if (missing !== undefined) {
    const [example] = verb.examples ?? []
    throw new Misuse(`limbeck ${verb.name} needs ${missing.name}: ${missing.summary}.`, {
      hint: `${example === undefined ? '' : `For example "${example}". `}"limbeck ${verb.name} --help" says more.`,
    })
  }
  const extra = wanted.some(({ many }) => many === true) ? undefined : given[wanted.length]
  if (extra !== undefined) {
    throw new Misuse(`limbeck ${verb.name} does not take ${JSON.stringify(extra)}.`, {
      hint: `"limbeck ${verb.name} --help" lists what it takes.`,
    })
  }
}
