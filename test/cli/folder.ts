import { mkdtempSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Terminal } from '../../src/cli/input.ts'
import { main } from '../../src/cli/main.ts'

/** What a command line left behind. */
export type Outcome = {
  readonly exitCode: number
  readonly out: string
  readonly err: string
  /** What the person was asked. */
  readonly questions: readonly string[]
}

/** The terminal that a command is typed at; where nothing is said, it is a pipe without colours that cannot be asked. */
export type TerminalOptions = Partial<
  Pick<Terminal, 'colours' | 'wrap' | 'directory' | 'environment' | 'signal' | 'readAll'>
> & {
  /** Makes it a terminal with a person, who answers every question so. */
  readonly answer?: boolean
  /** Sees what is written to stderr as it comes. */
  onError?(text: string): void
}

/** A folder of a test's own, and the command line in it. */
export type Folder = {
  readonly directory: string
  write(files: { readonly [path: string]: string }): Promise<void>
  read(path: string): Promise<string>
  limbeck(...words: readonly string[]): Promise<Outcome>
  /** The same, at another terminal. */
  at(options: TerminalOptions): (...words: readonly string[]) => Promise<Outcome>
  /** The report of a command that is done without an error. */
  report(...words: readonly string[]): Promise<unknown>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** A new folder with these files. */
export async function folder(files: { readonly [path: string]: string } = {}): Promise<Folder> {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-cli-'))
  const at =
    (options: TerminalOptions) =>
    (...words: readonly string[]) =>
      run(directory, options, words)
  const write: Folder['write'] = async (texts) => {
    for (const [path, text] of Object.entries(texts)) {
      await mkdir(dirname(join(directory, path)), { recursive: true })
      await writeFile(join(directory, path), text)
    }
  }
  await write(files)
  return {
    directory,
    write,
    at,
    read: (path) => readFile(join(directory, path), 'utf8'),
    limbeck: at({}),
    async report(...words) {
      const { exitCode, out, err } = await at({})('--json', ...words)
      if (exitCode !== 0) throw new Error(`limbeck ${words.join(' ')}: ${exitCode}\n${out}${err}`)
      return JSON.parse(out)
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  }
}

async function run(
  directory: string,
  { answer, onError, ...options }: TerminalOptions,
  words: readonly string[],
): Promise<Outcome> {
  const out: string[] = []
  const err: string[] = []
  const questions: string[] = []
  const exitCode = await main(words, {
    print: (text) => out.push(text),
    error(text) {
      err.push(text)
      onError?.(text)
    },
    colours: false,
    interactive: answer !== undefined,
    width: 100,
    wrap: null,
    directory,
    environment: {},
    signal: new AbortController().signal,
    interruptedBy: () => null,
    async ask(question) {
      questions.push(question)
      return answer === true
    },
    readAll: async () => '',
    ...options,
  })
  return { exitCode, out: out.join(''), err: err.join(''), questions }
}

/** What a revision's file says; what is left out is null or nothing. */
export type RevisionText = {
  readonly down?: string | readonly string[] | null
  readonly labels?: readonly string[]
  readonly dependsOn?: string
  /** Lines of the function's body. */
  readonly upgrade?: string
  readonly downgrade?: string
}

/** A revision's file as it would be written by hand. The first line of `upgrade` is the ninth of the file. */
export function revisionText(
  id: string,
  { down = null, labels, dependsOn, upgrade, downgrade }: RevisionText = {},
): string {
  const literal = (value: unknown) => JSON.stringify(value ?? null)
  return `/** About ${id}. */
export const revision = ${literal(id)}
export const downRevision = ${literal(down)}
export const branchLabels = ${literal(labels)}
export const dependsOn = ${literal(dependsOn)}
export const createDate = '2026-01-15T00:00:00Z'

export async function upgrade(op) {
${upgrade ?? ''}
}
${downgrade === undefined ? '' : `\nexport async function downgrade(op) {\n${downgrade}\n}\n`}`
}

/** Revisions one after the other, as files of the folder `migrations`. */
export function chain(revisions: { readonly [id: string]: RevisionText }): {
  readonly [path: string]: string
} {
  const ids = Object.keys(revisions)
  return Object.fromEntries(
    Object.entries(revisions).map(([id, text], n) => [
      `migrations/${id}.ts`,
      revisionText(id, { down: ids[n - 1] ?? null, ...text }),
    ]),
  )
}

/** The config file of a project on that database. */
export function configText(config: { readonly [field: string]: unknown }): string {
  return `export default ${JSON.stringify(config)}\n`
}
