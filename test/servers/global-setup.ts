import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { type Major, majors } from './binaries.ts'
import { temporaryDirectory } from './cache.ts'
import { guard } from './guard.ts'
import { startServer } from './server.ts'

/** A server that runs for the whole of a test run. */
export type RunningServer = { readonly major: Major; readonly port: number }

declare module 'vitest' {
  interface ProvidedContext {
    readonly servers: readonly RunningServer[]
    /** Removed at the end of the run, with the PGlite directories that tests have left in it. */
    readonly pgliteDirectory: string
  }
}

/** Starts the servers that test files share; returns what stops them. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const majors = chosenMajors(process.env.LIMBECK_TEST_MAJORS)
  const directory = await temporaryDirectory('pglite')
  const release = guard({ directory })
  const servers = await Promise.all(majors.map((major) => startServer(major)))
  project.provide('pgliteDirectory', directory)
  project.provide(
    'servers',
    servers.map(({ major, port }) => ({ major, port })),
  )
  return async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await rm(directory, { recursive: true, force: true })
    release()
  }
}

/** `LIMBECK_TEST_MAJORS`: `13,18` if it is not set, or `all`. */
function chosenMajors(text = '13,18'): readonly Major[] {
  if (text === 'all') return majors
  return text.split(',').map((word) => {
    const major = majors.find((known) => String(known) === word.trim())
    if (!major)
      throw new Error(`LIMBECK_TEST_MAJORS has "${word}". Say "all" or some of ${majors.join(',')}.`)
    return major
  })
}
