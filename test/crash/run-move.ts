/**
 * The process that is killed. Makes the move that its arguments say, prints the type of each event in a line, and kills
 * itself at the event whose number it was given. An error is the last line, as JSON.
 */
import { writeSync } from 'node:fs'
import { LimbeckError } from '../../src/error.ts'
import { type Move, make } from './six.ts'

const [direction, to, database, killAt] = process.argv.slice(2) as [Move['direction'], string, string, string?]
let events = 0
try {
  await make({ direction, to }, database, {
    onEvent({ type }) {
      writeSync(1, `${type}\n`)
      if (++events === Number(killAt)) process.kill(process.pid, 'SIGKILL')
    },
  })
} catch (error) {
  if (!(error instanceof LimbeckError)) throw error
  writeSync(1, `${JSON.stringify({ code: error.code, hint: error.hint })}\n`)
  process.exitCode = 1
}
