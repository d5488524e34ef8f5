import type { Input, Outcome } from './verb.ts'

/** Runs what may lose data; where it would, asks first, unless --yes has said that it may. */
export async function withLossAccepted(
  input: Input,
  run: (acceptLoss: boolean) => Promise<Outcome>,
): Promise<Outcome> {
  const { DataLoss } = await import('../commands/data-loss.ts')
  try {
    return await run(input.flag('yes'))
  } catch (error) {
    if (!(error instanceof DataLoss)) throw error
    const answer = await input.confirm(`${input.style.warn('!')} ${error.message}\n\nGo on?`)
    if (answer === null) throw error
    return answer ? run(true) : { report: error, text: 'Nothing has been changed.', exitCode: 1 }
  }
}
