import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A port that nothing listens on now. Not one that the OS would choose: from its range (32768 up) it also gives
 * ports to outgoing connections, and a client that knocks at a killed server's port could even be connected to itself.
 */
export async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000)
  return (await isFree(port)) ? port : freePort()
}

async function isFree(port: number): Promise<boolean> {
  const listener = createServer().listen(port, '127.0.0.1')
  try {
    await once(listener, 'listening')
  } catch {
    return false
  }
  listener.close()
  await once(listener, 'close')
  return true
}
