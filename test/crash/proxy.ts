import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A place in a session: while the server works at a request, or when it is done and its answer never arrives. Before
 * the next request is sent is no other place than that: the server has done the same, and the client waits.
 */
export type Point = {
  /** Counted from 1. A request is what is answered together: a simple query, or an extended one up to its Sync. */
  readonly request: number
  readonly moment: 'underway' | 'unanswered'
  /** How long the server has had it, for `underway`. */
  readonly milliseconds: number
}

export type SessionProxy = {
  /** The database's address, by way of the proxy. */
  readonly url: string
  /** How many requests its first session has sent so far. */
  requests(): number
  /** Whether the point was reached. */
  struck(): boolean
  /** Cuts every connection through it, on both sides. */
  cut(): void
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Stands between a run and its server and strikes at one point of the run's session. What other sessions the run opens pass through. */
export async function startProxy(options: {
  readonly url: string
  readonly point?: Point
  readonly strike?: () => unknown
}): Promise<SessionProxy> {
  const { point, strike } = options
  const sockets = new Set<Socket>()
  let watched = false
  let requests = 0
  let struck = false

  const blow = () => {
    struck = true
    strike?.()
  }

  const watch = (client: Socket, server: Socket) => {
    let withheld = false
    const request = (messages: Buffer) => {
      requests++
      withheld = requests === point?.request
      server.write(messages)
      if (withheld && point?.moment === 'underway') void sleep(point.milliseconds).then(blow)
    }
    let unfinished: Buffer[] = []
    onMessages(client, 'startup', (message, type) => {
      if (type === 'startup' || type === 'X') return server.write(message)
      unfinished.push(message)
      if (type !== 'Q' && type !== 'S') return
      request(Buffer.concat(unfinished))
      unfinished = []
    })
    onMessages(server, 'typed', (message, type) => {
      if (!withheld) client.write(message)
      else if (type === 'Z' && point?.moment === 'unanswered') blow()
    })
  }

  const listener = createServer((client) => {
    const server = connect(Number(new URL(options.url).port), '127.0.0.1')
    join(client, server)
    join(server, client)
    if (watched) client.pipe(server).pipe(client)
    else watch(client, server)
    watched = true
  })
  /** What ends on one side ends on the other. */
  const join = (one: Socket, other: Socket) => {
    sockets.add(one)
    one.setNoDelay()
    one.on('error', () => {})
    one.on('close', () => {
      sockets.delete(one)
      other.destroySoon()
    })
  }
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')

  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const url = new URL(options.url)
  url.port = String((listener.address() as AddressInfo).port)
  return {
    url: url.href,
    requests: () => requests,
    struck: () => struck,
    cut,
    async [Symbol.asyncDispose]() {
      cut()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}

/** Cuts what a socket receives into messages: a type in one byte, which the first one lacks in a startup, and a length. */
function onMessages(
  socket: Socket,
  first: 'startup' | 'typed',
  take: (message: Buffer, type: string) => void,
): void {
  let received = Buffer.alloc(0)
  let untyped = first === 'startup'
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const lengthAt = untyped ? 0 : 1
      if (received.length < lengthAt + 4) return
      const end = lengthAt + received.readInt32BE(lengthAt)
      if (received.length < end) return
      const message = received.subarray(0, end)
      take(message, untyped ? 'startup' : String.fromCharCode(message[0]!))
      untyped = false
      received = received.subarray(end)
    }
  })
}
