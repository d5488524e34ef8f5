import { LimbeckError } from '../error.ts'
import { failureReport, failureText } from './failure.ts'
import { helpText, verbHelp } from './help.ts'
import { makeInput, type Terminal } from './input.ts'
import { interruptedExitCode, interruptionText, isInterruption } from './interruption.ts'
import { Misuse, parseLine } from './options.ts'
import { makeStyle } from './style.ts'
import { wrapped } from './text.ts'
import type { Outcome, Verb } from './verb.ts'
import { verbs } from './verbs.ts'

/**
 * The command line: words in, an exit code out. 0 done, 1 failed, 2 misuse, 3 a check found a difference, 130 interrupted
 * (143 by SIGTERM).
 * Everything that is printed is printed here and by the progress that `input.ts` sets up.
 */
export async function main(words: readonly string[], terminal: Terminal): Promise<number> {
  const options = words.slice(0, words.includes('--') ? words.indexOf('--') : words.length)
  const json = options.includes('--json')
  const style = makeStyle(terminal.colours && !options.includes('--no-color') && !json)
  try {
    return await runVerb(words, terminal, json)
  } catch (error) {
    const interrupted = isInterruption(error)
    const type = interrupted ? 'interrupted' : 'failed'
    if (json) terminal.print(`${JSON.stringify(failureReport(error), null, 2)}\n`)
    if (options.includes('--events'))
      terminal.error(`${JSON.stringify({ at: new Date(), type, ...failureReport(error) })}\n`)
    else if (!(error instanceof LimbeckError)) terminal.error(bugText(error))
    else if (!json) {
      const text = interrupted ? interruptionText(error, style) : failureText(error, style)
      terminal.error(`${forReading(text, terminal)}\n`)
    }
    if (interrupted) return interruptedExitCode(terminal.interruptedBy())
    return error instanceof Misuse ? 2 : 1
  }
}

/** What may be said without a verb. */
const knownAlone = new Set(['--version', '--help', '-h', '--no-color', '--json'])

async function runVerb(words: readonly string[], terminal: Terminal, json: boolean): Promise<number> {
  const { name, rest } = splitVerb(words)
  if (name === null) {
    const stray = rest.find((word) => !knownAlone.has(word))
    if (stray !== undefined) {
      throw new Misuse(`There is no option ${JSON.stringify(stray)} without a command.`, {
        hint: '"limbeck --help" lists all commands, and the options that each of them takes.',
      })
    }
    if (rest.includes('--version')) return print(terminal, (await import('../version.ts')).version)
    const style = makeStyle(terminal.colours && !words.includes('--no-color'))
    return print(terminal, forReading(helpText(verbs, style), terminal))
  }
  const verb = findVerb(name)
  const line = parseLine(verb, rest)
  if (line.values['help'] === true) {
    const style = makeStyle(terminal.colours && line.values['no-color'] !== true)
    return print(terminal, forReading(verbHelp(verb, style), terminal))
  }
  const input = await makeInput(line, terminal)
  const outcome = await verb.run(input).finally(input.endProgress)
  const text = outcome.verbatim === true ? outcome.text : forReading(outcome.text, terminal)
  print(terminal, json ? JSON.stringify(outcome.report, null, 2) : text)
  return exitCode(outcome)
}

/** The verb is the first word that is no option; global options may stand before it, as in Alembic. */
function splitVerb(words: readonly string[]): {
  readonly name: string | null
  readonly rest: readonly string[]
} {
  const valued = ['--config', '-c', '--database-url', '--migrations']
  const place = words.findIndex((word, n) => !word.startsWith('-') && !valued.includes(words[n - 1] ?? ''))
  if (place === -1) return { name: null, rest: words }
  return { name: words[place] ?? null, rest: words.toSpliced(place, 1) }
}

function findVerb(name: string): Verb {
  const verb = verbs.find((candidate) => candidate.name === name.replaceAll('_', '-'))
  if (verb !== undefined) return verb
  const near = verbs
    .filter((candidate) => candidate.name.startsWith(name.slice(0, 3)))
    .map((candidate) => candidate.name)
  throw new Misuse(`There is no command ${JSON.stringify(name)}.`, {
    hint: near.length === 0 ? '"limbeck --help" lists all commands.' : `Did you mean ${near.join(' or ')}?`,
  })
}

function bugText(error: unknown): string {
  return `${error instanceof Error ? error.stack : String(error)}\n\nThis is a bug in Limbeck.\n`
}

function forReading(text: string, { wrap }: Terminal): string {
  return wrap === null ? text : wrapped(text, wrap)
}

function print(terminal: Terminal, text: string): number {
  if (text !== '') terminal.print(`${text}\n`)
  return 0
}

function exitCode(outcome: Outcome): number {
  return outcome.exitCode ?? 0
}
