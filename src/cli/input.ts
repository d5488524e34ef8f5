import { resolve } from 'node:path'
import type { Config } from '../commands/project.ts'
import type { OnEvent } from '../migrate/events.ts'
import { readConfigFile } from './config-file.ts'
import type { ParsedLine } from './options.ts'
import { progressPrinter } from './progress.ts'
import { makeStyle } from './style.ts'
import { visibleWidth } from './text.ts'
import type { Environment, Input } from './verb.ts'

/** What the command line may touch of the world. */
export type Terminal = {
  print(text: string): void
  error(text: string): void
  readonly colours: boolean
  /** Whether a person sits at it: progress can be drawn, and questions asked. */
  readonly interactive: boolean
  readonly width: number
  /** Where lines are to end between words; null where each is one line whatever its length, as in a file. */
  readonly wrap: number | null
  readonly directory: string
  readonly environment: Environment
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal
  /** Which of the two it was; null before. */
  interruptedBy(): 'SIGINT' | 'SIGTERM' | null
  ask(question: string): Promise<boolean>
  /** All that comes on standard input. */
  readAll(): Promise<string>
}

/** Gathers what a verb needs: its options, the configuration, and a way to tell how it goes. */
export async function makeInput(line: ParsedLine, terminal: Terminal): Promise<Input> {
  const flag = (name: string) => line.values[name] === true
  const text = (name: string) => (typeof line.values[name] === 'string' ? line.values[name] : undefined)
  const texts = (name: string) =>
    Array.isArray(line.values[name]) ? (line.values[name] as readonly string[]) : undefined
  const style = makeStyle(terminal.colours && !flag('no-color') && !flag('json'))
  const progress = progressPrinter(
    {
      interactive: terminal.interactive,
      width: Math.min(terminal.width, 120),
      wrap: terminal.wrap,
      write: terminal.error,
    },
    style,
  )
  // What the terminal says of an interruption stands alone, and is not drawn over.
  terminal.signal.addEventListener('abort', progress.clear, { once: true })
  const silent = flag('quiet') || flag('json')
  const onEvent = flag('events') ? jsonLines(terminal) : silent ? null : progress
  return {
    arguments: line.arguments,
    flag,
    text,
    texts,
    directory: terminal.directory,
    environment: terminal.environment,
    style,
    width: terminal.wrap ?? 100,
    readAll: terminal.readAll,
    config: await configuration(
      { file: text('config'), url: text('database-url'), folders: texts('migrations') },
      terminal,
    ),
    run: { signal: terminal.signal, ...(onEvent === null ? {} : { onEvent }) },
    show: screen(terminal),
    endProgress: progress.clear,
    async confirm(question) {
      if (flag('yes')) return true
      if (!terminal.interactive || flag('json')) return null
      progress.clear()
      return terminal.ask(question)
    },
  }
}

/** For programs: what a run tells as it goes on, one JSON object a line. */
function jsonLines(terminal: Terminal): OnEvent {
  return (event) => terminal.error(`${JSON.stringify({ at: new Date(), ...event })}\n`)
}

/** Draws each text over the one before it, where there is a terminal to draw on. */
function screen(terminal: Terminal): Input['show'] {
  let lines = 0
  return (text) => {
    const over = terminal.interactive && lines > 0 ? `\u001b[${lines}F\u001b[J` : ''
    terminal.error(`${over}${text}\n`)
    // A line that is longer than the terminal takes several.
    lines = text
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(visibleWidth(line) / terminal.width)), 0)
  }
}

/** The database is the one on the command line, else the config file's, else DATABASE_URL's, else the embedded one. */
async function configuration(
  given: {
    readonly file: string | undefined
    readonly url: string | undefined
    readonly folders: readonly string[] | undefined
  },
  terminal: Terminal,
): Promise<Config> {
  const config = await readConfigFile(terminal.directory, given.file)
  // A variable that is set to nothing is not set: that is how a shell or a CI takes one away.
  const inherited = terminal.environment['DATABASE_URL'] || undefined
  const database = pathFromHere(given.url, terminal) ?? config.database ?? inherited
  return {
    directory: terminal.directory,
    ...config,
    ...(given.folders === undefined
      ? {}
      : { migrations: given.folders.map((folder) => resolve(terminal.directory, folder)) }),
    ...(database === undefined ? {} : { database }),
  }
}

/** The embedded database that the person typed is in a folder as seen from where they stand, like any other path. */
function pathFromHere(url: string | undefined, { directory }: Terminal): string | undefined {
  return url?.replace(/^pglite:(.*)$/s, (_, path) => `pglite:${resolve(directory, path)}`)
}
