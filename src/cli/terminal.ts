import type { Terminal } from './input.ts'
import { interruptedExitCode } from './interruption.ts'

/**
 * The process's own terminal. The first Ctrl-C or SIGTERM asks the run to stop at the next safe point; the second one
 * ends the process at once: the server rolls back what was open, and the next run goes on from the ledger.
 */
export function terminal(): Terminal {
  const interrupted = new AbortController()
  let interruptedBy: 'SIGINT' | 'SIGTERM' | null = null
  // A terminal shows ^C where it was typed: the line is taken away.
  const say = (text: string) =>
    process.stderr.write(`${process.stderr.isTTY === true ? '\r\u001b[K' : '\n'}${text}\n`)
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      interruptedBy ??= name
      if (interrupted.signal.aborted) {
        say('Stopped at once. Run the same command again: it finds out what was done and goes on from there.')
        process.exit(interruptedExitCode(name))
      }
      interrupted.abort()
      say('Stopping at the next safe point; once more to stop at once.')
    })
  }
  // Who reads `limbeck history | head` or has closed the log has had enough; a run that is under way goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe)
  const { NO_COLOR, FORCE_COLOR } = process.env
  // Both: results go to the one, progress and errors to the other, and either may be a file.
  const isTerminal = process.stdout.isTTY === true && process.stderr.isTTY === true
  return {
    print: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    colours: (NO_COLOR ?? '') === '' && (isTerminal || (FORCE_COLOR ?? '0') !== '0'),
    interactive: process.stderr.isTTY === true && process.stdin.isTTY === true,
    width: process.stderr.columns ?? 100,
    wrap: isTerminal ? (process.stdout.columns ?? null) : null,
    directory: process.cwd(),
    environment: process.env,
    signal: interrupted.signal,
    interruptedBy: () => interruptedBy,
    ask,
    readAll,
  }
}

async function readAll(): Promise<string> {
  const { text } = await import('node:stream/consumers')
  return text(process.stdin)
}

async function ask(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises')
  const dialogue = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl-C and the end of the input leave a question without an answer: that is no.
  const closed = new Promise<string>((resolve) => dialogue.once('close', () => resolve('\n')))
  try {
    const answer = await Promise.race([dialogue.question(`${question} [y/N] `), closed])
    if (answer === '\n') process.stderr.write(answer)
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    dialogue.close()
  }
}

function ignoreClosedPipe(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error
}
