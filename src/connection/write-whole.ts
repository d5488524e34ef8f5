import { renameSync, writeFileSync } from 'node:fs'
import { threadId } from 'node:worker_threads'

/** Whoever reads the file at the same time finds all of it, or nothing. Nobody else may read it: a default or a comment may be nobody else's business. */
export function writeWhole(file: string, bytes: Uint8Array): void {
  const whole = `${file}-${process.pid}-${threadId}`
  writeFileSync(whole, bytes, { mode: 0o600 })
  renameSync(whole, file)
}
