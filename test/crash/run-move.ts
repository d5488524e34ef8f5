/**
 * The process that is killed. It makes the move that its argument says, prints each event's type in a line, and kills
 * itself at the event whose number it was given. An error is the last line, as JSON.
 */
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { LimbeckError } from '../../src/error.ts'
import type { RunArguments } from './run.ts'
import { make } from './six.ts'

const { move, database, killAt }: RunArguments = JSON.parse(process.argv[2]!)
let events = 0
try {
  await make(move, database, {
    onEvent({ type }) {
      // What Node keeps of compiled modules makes the next start three times as fast; a killed process would not write it.
      if (events === 0) flushCompileCache()
      writeSync(1, `${type}\n`)
      if (++events === killAt) process.kill(process.pid, 'SIGKILL')
    },
  })
} catch (error) {
  if (!(error instanceof LimbeckError)) throw error
  writeSync(1, `${JSON.stringify({ code: error.code, hint: error.hint })}\n`)
  process.exitCode = 1
}
