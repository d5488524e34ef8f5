/**
 * An application's traffic, in a process of its own: single-row updates at a fixed rate, whether or not the last ones have been
 * answered (an open loop), each measured from the moment at which it was due. Prints the latencies as JSON when it is
 * asked to stop by a line on its stdin.
 */
import { once } from 'node:events'
import pg from 'pg'

const [url = '', perSecond = '250', rows = '1000000'] = process.argv.slice(2)
const clients = await Promise.all(
  Array.from({ length: 24 }, async () => {
    const client = new pg.Client(url)
    await client.connect()
    return client
  }),
)
const free = [...clients]
const waiting: ((client: pg.Client) => void)[] = []
const latencies: number[] = []
let failed = 0
let stopped = false

const take = async () => free.pop() ?? new Promise<pg.Client>((resolve) => waiting.push(resolve))
const give = (client: pg.Client) => {
  const next = waiting.shift()
  if (next === undefined) free.push(client)
  else next(client)
}

async function write(due: number): Promise<void> {
  const client = await take()
  try {
    const id = 1 + Math.floor(Math.random() * Number(rows))
    await client.query({
      name: 'write',
      text: 'UPDATE users SET seen = seen + 1 WHERE id = $1',
      values: [id],
    })
    latencies.push(performance.now() - due)
  } catch {
    failed++
  } finally {
    give(client)
  }
}

const interval = 1000 / Number(perSecond)
const began = performance.now()
const underway = new Set<Promise<void>>()
let sent = 0
const timer = setInterval(() => {
  while (!stopped && began + sent * interval <= performance.now()) {
    const one = write(began + sent * interval)
    underway.add(one)
    void one.finally(() => underway.delete(one))
    sent++
  }
}, 1)

process.stdout.write('ready\n')
await once(process.stdin, 'data')
stopped = true
clearInterval(timer)
await Promise.all(underway)
process.stdout.write(`${JSON.stringify({ latencies, failed })}\n`)
await Promise.all(clients.map((client) => client.end()))
process.exit(0)
