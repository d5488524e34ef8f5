import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { cachedDirectory } from '../servers/cache.ts'
import type { Move } from './six.ts'

export type RunArguments = {
  readonly move: Move
  readonly database: string
  /** The event, counted from 1, at which the process kills itself. */
  readonly killAt?: number
}

export type Run = {
  kill(): void
  /** Resolves with its first event. */
  readonly begun: Promise<unknown>
  readonly ended: Promise<RunEnd>
}

/** How a process ended, and the error that its command ended with. */
export type RunEnd = {
  readonly signal: NodeJS.Signals | null
  readonly exitCode: number | null
  readonly error: { readonly code: string; readonly hint?: string } | null
}

/** Makes a move in a process of its own. */
export async function startRun(run: RunArguments): Promise<Run> {
  const program = fileURLToPath(new URL('run-move.ts', import.meta.url))
  const child = spawn(process.execPath, [program, JSON.stringify(run)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: await cachedDirectory('modules', async () => {}) },
  })
  const output = createInterface(child.stdout)
  let last = ''
  output.on('line', (line) => {
    last = line
  })
  const complaint = text(child.stderr)
  const end = async () => {
    const [exitCode, signal] = await once(child, 'close')
    const error = last.startsWith('{') ? JSON.parse(last) : null
    if (exitCode !== 0 && signal === null && error === null) throw new Error(await complaint)
    return { signal, exitCode, error }
  }
  return { kill: () => void child.kill('SIGKILL'), begun: once(output, 'line'), ended: end() }
}
