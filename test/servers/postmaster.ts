import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { guard } from './guard.ts'
import { serverEnvironment, serverUser } from './run.ts'

/** A running postgres process, the parent of all backends. */
export type Postmaster = {
  readonly hasExited: () => boolean
  /** Fast and immediate as pg_ctl means them: with and without a checkpoint. */
  readonly shutDown: (mode: 'fast' | 'immediate') => Promise<void>
  /** Ends the postmaster and every backend as a power cut would. */
  readonly kill: () => Promise<void>
}

/** `directory` receives the log and the socket, and is removed if this process dies without stopping the server. */
export function startPostmaster(options: {
  readonly program: string
  readonly args: readonly string[]
  readonly directory: string
}): Postmaster {
  const log = openSync(join(options.directory, 'server.log'), 'a')
  const child = spawn(options.program, options.args, {
    cwd: options.directory,
    env: serverEnvironment,
    // Away from the terminal's group: Ctrl-C reaches vitest, which then stops the server in its teardown.
    detached: true,
    stdio: ['ignore', log, log],
    ...serverUser(),
  })
  closeSync(log)
  child.unref()
  const exit = once(child, 'exit')
  const hasExited = () => child.exitCode !== null || child.signalCode !== null
  const release = guard({ directory: options.directory, pid: child.pid! })
  exit.then(release, release)

  return {
    hasExited,
    async shutDown(mode) {
      if (hasExited()) return
      child.ref()
      child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
      await exit
    },
    async kill() {
      if (hasExited()) return
      child.ref()
      // Stopped, it starts no backend that the list would miss.
      child.kill('SIGSTOP')
      const backends = childrenOf(child.pid!)
      for (const pid of backends) process.kill(pid, 'SIGKILL')
      child.kill('SIGKILL')
      await exit
      while (backends.some(isRunning)) await sleep(2)
    },
  }
}

function childrenOf(pid: number): number[] {
  const listed =
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      : spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).stdout
  return Array.from(listed.matchAll(/\d+/g), ([child]) => Number(child))
}

/** A zombie does not run: in a container there may be nobody who reaps it. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
