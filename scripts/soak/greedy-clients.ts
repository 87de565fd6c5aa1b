import { connect, type Socket } from 'node:net'
import type { Random } from './random.js'

/** What greedy clients are told. */
export interface Greed {
  readonly port: number
  /** A request for the operation that the polite client asks, with its credentials. */
  readonly request: string
  readonly login: string
  readonly random: Random
}

/** A kind of greedy clients: begins, and goes on until `signal` is aborted. */
export interface GreedyKind {
  readonly name: string
  readonly begin: (greed: Greed, crowd: Crowd) => void
}

/** The connections of greedy clients, and their timers: all are gone when they have to leave. */
export class Crowd {
  readonly #sockets = new Set<Socket>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #isOver = false

  get isOver(): boolean {
    return this.#isOver
  }

  get size(): number {
    return this.#sockets.size
  }

  /** Opens a connection, which is closed by the server as it likes. */
  open(port: number, onConnect: (socket: Socket) => void): void {
    if (this.#isOver) return
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    this.#sockets.add(socket)
    socket.on('connect', () => onConnect(socket))
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
  }

  every(milliseconds: number, what: () => void): void {
    this.#timers.add(setInterval(what, milliseconds))
  }

  leave(): void {
    this.#isOver = true
    for (const timer of this.#timers) clearInterval(timer)
    for (const socket of this.#sockets) socket.destroy()
  }
}

const times = (count: number, what: () => void): void => {
  for (let done = 0; done < count; done += 1) what()
}

/** Opens a connection whenever there are fewer than so many. */
const keepOpen = (crowd: Crowd, port: number, count: number, onConnect: (socket: Socket) => void): void => {
  const fill = (): void => times(Math.min(100, count - crowd.size), () => crowd.open(port, onConnect))
  fill()
  crowd.every(50, fill)
}

const drip = (socket: Socket, text: string): void => {
  const timer = setInterval(() => socket.writable && socket.write(text), 500)
  socket.on('close', () => clearInterval(timer))
}

/** All kinds. What a limit of the server's closes comes again. */
export const greedyKinds: readonly GreedyKind[] = [
  {
    name: 'pipelined and never read',
    begin: ({ port, request }, crowd) =>
      keepOpen(crowd, port, 100, socket => socket.pause().write(request.repeat(1000)))
  },
  {
    name: 'large files, then gone',
    begin: ({ port }, crowd) => {
      const files = 'GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: soak.example\r\n\r\n'
      keepOpen(crowd, port, 20, socket => {
        socket.write(files.repeat(50))
        setTimeout(() => socket.destroy(), 200)
      })
    }
  },
  {
    name: 'slow headers',
    begin: ({ port, request }, crowd) =>
      keepOpen(crowd, port, 300, socket => {
        socket.resume().write(request.slice(0, -2)) // without its empty line
        drip(socket, 'X-Slow: 1\r\n')
      })
  },
  {
    name: 'slow bodies',
    begin: ({ port, login }, crowd) =>
      keepOpen(crowd, port, 300, socket => {
        socket.resume().write(`${login}Content-Length: 10000\r\n\r\n`)
        drip(socket, 'a=')
      })
  },
  {
    name: 'huge bodies',
    begin: ({ port, login }, crowd) =>
      keepOpen(crowd, port, 20, socket => {
        socket.resume().write(`${login}Transfer-Encoding: chunked\r\n\r\n`)
        const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
        const pour = (): void => {
          while (!crowd.isOver && socket.writable && socket.write(chunk));
        }
        socket.on('drain', pour)
        pour()
      })
  },
  {
    name: 'idle connections by thousands',
    begin: ({ port }, crowd) => keepOpen(crowd, port, 3000, socket => void socket.resume())
  },
  {
    name: 'opened and reset',
    begin: ({ port, request, random }, crowd) =>
      keepOpen(crowd, port, 50, socket => {
        if (random.chance(0.5)) socket.write(request.slice(0, random.between(1, request.length)))
        socket.resetAndDestroy()
      })
  },
  {
    name: 'a body is promised and never sent',
    begin: ({ port, login }, crowd) =>
      keepOpen(crowd, port, 300, socket => {
        socket.resume().write(`${login}Content-Length: 40\r\nExpect: 100-continue\r\n\r\n`)
      })
  },
  {
    name: 'half closed',
    begin: ({ port, request }, crowd) =>
      keepOpen(crowd, port, 200, socket => void socket.pause().end(request.repeat(20)))
  }
]
