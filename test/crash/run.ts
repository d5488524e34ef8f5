import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Move } from './six.ts'

/** How a process ended. */
export type RunEnd = {
  readonly signal: NodeJS.Signals | null
  readonly exitCode: number | null
  /** The error that the command ended with. */
  readonly error: { readonly code: string; readonly hint?: string } | null
}

export type Run = {
  kill(): void
  /** Resolves when the process has told its first event; rejects if it ends before. */
  readonly begun: Promise<void>
  readonly ended: Promise<RunEnd>
}

/** Makes a move in a process of its own. `killAt`: the event, counted from 1, at which it kills itself. */
export function startRun(move: Move, database: string, killAt?: number): Run {
  const program = fileURLToPath(new URL('run-move.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, move.direction, move.to, database, String(killAt ?? '')],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const lines: string[] = []
  const output = createInterface({ input: child.stdout })
  output.on('line', (line) => lines.push(line))
  const complaint = text(child.stderr)
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  const ended = async () => {
    const [exitCode, signal] = await closed
    const last = lines.at(-1) ?? ''
    const error = last.startsWith('{') ? JSON.parse(last) : null
    if (exitCode === 1 && error === null) throw new Error(`The run broke: ${await complaint}`)
    return { signal, exitCode, error }
  }
  return {
    kill: () => void child.kill('SIGKILL'),
    begun: once(output, 'line').then(() => {}),
    ended: ended(),
  }
}
