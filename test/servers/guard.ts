import { spawn } from 'node:child_process'

/** Releases what was guarded; to be called when it has been cleaned up. */
export type Release = () => void

/**
 * Stops a server and removes a directory when this process ends without having done it, however it ends, also by
 * SIGKILL. A shell does it, which learns of the end from its input: the kernel closes that.
 */
export function guard(guarded: { readonly directory: string; readonly pid?: number }): Release {
  const script = `read -r _
    if [ -n "$2" ]; then
      kill -QUIT "$2" && for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$2" && sleep 0.2; done
    fi
    rm -rf "$1"`
  const shell = spawn('/bin/sh', ['-c', script, 'guard', guarded.directory, String(guarded.pid ?? '')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.unref()
  return () => {
    shell.kill('SIGKILL')
  }
}
