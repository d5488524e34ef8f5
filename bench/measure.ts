import { spawn } from 'node:child_process'

/** Wall-clock milliseconds of a command, which has to end well. */
export async function timeCommand(
  command: string,
  words: readonly string[],
  directory?: string,
  environment: { readonly [name: string]: string } = {},
): Promise<number> {
  const began = performance.now()
  const child = spawn(command, words, {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${code}: ${said}`)
  return performance.now() - began
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** Runs two things in turn, A B A B …, after one of each that is not counted, so that a drift of the machine meets both. */
export async function inTurn(
  rounds: number,
  first: () => Promise<number>,
  second: () => Promise<number>,
): Promise<{ readonly first: number; readonly second: number; readonly ratio: number }> {
  await first()
  await second()
  const pairs: [number, number][] = []
  for (let round = 0; round < rounds; round++) pairs.push([await first(), await second()])
  return {
    first: median(pairs.map(([a]) => a)),
    second: median(pairs.map(([, b]) => b)),
    ratio: median(pairs.map(([a, b]) => a / b)),
  }
}

/** One line of the result: what was measured, and whether it holds what was promised. */
export type Line = {
  readonly what: string
  readonly measured: string
  readonly limit: string
  readonly holds: boolean
}
