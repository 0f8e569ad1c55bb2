import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** What happens to one request. Bytes are counted from the start of the request or of its answer. */
export type Fault =
  | { readonly kind: 'pass' }
  /** The server gets the first bytes only; then both sides are cut. */
  | { readonly kind: 'cut-request'; readonly atByte: number }
  /** The server does its work, and the device gets the first bytes of the answer only. */
  | { readonly kind: 'cut-answer'; readonly atByte: number }
  /** The server does its work, and the device gets a reset where the answer should be. */
  | { readonly kind: 'reset' }
  /** The server never hears of it; the device waits until the connection dies. */
  | { readonly kind: 'black-hole'; readonly forMs: number }
  /** The server does its work at once; its answer is kept until `release` is called, or the proxy closes. */
  | { readonly kind: 'withhold' }
  | { readonly kind: 'slow'; readonly chunkBytes: number; readonly pauseMs: number }
  /** The server gets it twice: once more after a while, when newer ones may have come. */
  | { readonly kind: 'duplicate'; readonly againAfterMs: number }
  /** A page with status 200 that is not the server's. */
  | { readonly kind: 'captive-portal' }
  /** Answers itself that all is well; the server hears nothing. No network does this: a control. */
  | { readonly kind: 'lie'; readonly answer: (request: HttpRequest) => string }

export type HttpRequest = {
  readonly method: string
  readonly path: string
  readonly body: Buffer
  /** As it came, head and all. */
  readonly bytes: Buffer
}

export type FaultProxy = {
  readonly url: string
  /** Asked for each request that comes; all pass where it is null. */
  decide: ((request: HttpRequest) => Fault) | null
  /** Requests of one path so far, as they came. */
  readonly seen: readonly HttpRequest[]
  readonly counts: ReadonlyMap<Fault['kind'], number>
  /** Lets withheld answers go. */
  release(): void
  close(): Promise<void>
}

/** Stands between devices and a server on 127.0.0.1. `remember`: whose requests are kept. */
export async function createFaultProxy(
  target: string,
  remember: (request: HttpRequest) => boolean,
): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  const counts = new Map<Fault['kind'], number>()
  const seen: HttpRequest[] = []
  let releases: (() => void)[] = []
  let isClosed = false

  const state: Wire = {
    port: Number(new URL(target).port),
    keep: (socket) => {
      sockets.add(socket)
      // A socket that is cut says so on both sides; the end of it is what counts.
      socket.on('error', () => undefined)
      socket.once('close', () => sockets.delete(socket))
      return socket
    },
    decide: (request) => {
      if (remember(request)) seen.push(request)
      const fault = proxy.decide?.(request) ?? { kind: 'pass' }
      counts.set(fault.kind, (counts.get(fault.kind) ?? 0) + 1)
      return fault
    },
    released: () => new Promise((go) => releases.push(go)),
    isClosed: () => isClosed,
  }
  const server: Server = createServer((socket) => void serve(state, state.keep(socket)))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const release = (): void => {
    const waiting = releases
    releases = []
    for (const go of waiting) go()
  }
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    decide: null,
    seen,
    counts,
    release,
    close: () =>
      new Promise((closed) => {
        isClosed = true
        release()
        server.close(() => closed())
        for (const socket of sockets) socket.destroy()
      }),
  }
  return proxy
}

type Wire = {
  readonly port: number
  keep(socket: Socket): Socket
  decide(request: HttpRequest): Fault
  released(): Promise<void>
  isClosed(): boolean
}

/** One connection of a browser: one request after the other, as browsers do without pipelining. */
async function serve(wire: Wire, device: Socket): Promise<void> {
  let received = Buffer.alloc(0)
  let isBusy = false
  let upstream: Socket | null = null
  const toServer = (): Socket => {
    if (upstream && !upstream.destroyed) return upstream
    upstream = wire.keep(connect(wire.port, '127.0.0.1'))
    upstream.once('close', () => device.destroy())
    return upstream
  }
  device.once('close', () => upstream?.destroy())
  const next = async (): Promise<void> => {
    if (isBusy) return
    const request = readRequest(received)
    if (request === null) return
    isBusy = true
    received = received.subarray(request.bytes.length)
    if (isUpgrade(request)) {
      device.removeListener('data', onData)
      const server = toServer()
      server.write(Buffer.concat([request.bytes, received]))
      server.pipe(device)
      device.pipe(server)
      return
    }
    await act(wire, device, toServer, request)
    isBusy = false
    await next()
  }
  const onData = (bytes: Buffer): void => {
    received = Buffer.concat([received, bytes])
    void next()
  }
  device.on('data', onData)
}

/** Resolves when the next request of the connection may come. */
async function act(wire: Wire, device: Socket, toServer: () => Socket, request: HttpRequest): Promise<void> {
  const fault = wire.decide(request)
  switch (fault.kind) {
    case 'pass':
      return forward(toServer(), device, request.bytes)
    case 'cut-request': {
      const server = toServer()
      server.write(request.bytes.subarray(0, fault.atByte), () => setTimeout(() => server.destroy(), 5))
      return
    }
    case 'cut-answer':
      return passAnswer(toServer(), request.bytes, (sent, answer) => {
        device.write(answer.subarray(0, Math.max(0, fault.atByte - sent)), () => {
          if (sent + answer.length >= fault.atByte) device.destroy()
        })
      })
    case 'reset':
      return passAnswer(toServer(), request.bytes, () => device.resetAndDestroy())
    case 'black-hole':
      await delay(fault.forMs)
      return void device.destroy()
    case 'withhold':
      return withhold(wire, toServer(), device, request.bytes)
    case 'slow': {
      let dripped = Promise.resolve()
      return passAnswer(toServer(), request.bytes, (_, answer) => {
        dripped = dripped.then(() => drip(device, answer, fault))
      })
    }
    case 'duplicate':
      void again(wire, request, fault.againAfterMs)
      return forward(toServer(), device, request.bytes)
    case 'captive-portal':
      return answerWith(device, 'text/html', '<!doctype html><h1>Welcome to our Wi-Fi</h1>')
    case 'lie':
      return answerWith(device, 'application/json', fault.answer(request))
  }
}

async function forward(server: Socket, device: Socket, bytes: Buffer): Promise<void> {
  return passAnswer(server, bytes, (_, answer) => void device.write(answer))
}

/** The answer's pieces as they come, with how many bytes of it came ahead of each. */
async function passAnswer(
  server: Socket,
  bytes: Buffer,
  hear: (sent: number, answer: Buffer) => void,
): Promise<void> {
  let sent = 0
  server.removeAllListeners('data')
  server.on('data', (answer: Buffer) => {
    hear(sent, answer)
    sent += answer.length
  })
  server.write(bytes)
}

async function withhold(wire: Wire, server: Socket, device: Socket, bytes: Buffer): Promise<void> {
  const kept: Buffer[] = []
  let isFree = false
  await passAnswer(server, bytes, (_, answer) => void (isFree ? device.write(answer) : kept.push(answer)))
  await wire.released()
  isFree = true
  if (!device.destroyed) device.write(Buffer.concat(kept))
}

type Slow = Extract<Fault, { kind: 'slow' }>

async function drip(device: Socket, answer: Buffer, { chunkBytes, pauseMs }: Slow): Promise<void> {
  for (let at = 0; at < answer.length && !device.destroyed; at += chunkBytes) {
    device.write(answer.subarray(at, at + chunkBytes))
    await delay(pauseMs)
  }
}

async function again(wire: Wire, request: HttpRequest, afterMs: number): Promise<void> {
  await delay(afterMs)
  if (wire.isClosed()) return
  const server = wire.keep(connect(wire.port, '127.0.0.1'))
  server.on('data', () => server.destroy())
  server.write(request.bytes)
}

async function answerWith(device: Socket, type: string, body: string): Promise<void> {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
  device.write(head + body)
}

/** The first whole request of what has come; null where it is not whole yet. */
function readRequest(received: Buffer): HttpRequest | null {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd === -1) return null
  const head = received.subarray(0, headEnd).toString('latin1')
  const [method = '', path = ''] = head.split(' ')
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
  const end = headEnd + 4 + length
  if (received.length < end) return null
  const bytes = Buffer.from(received.subarray(0, end))
  return { method, path, body: bytes.subarray(headEnd + 4), bytes }
}

function isUpgrade({ bytes }: HttpRequest): boolean {
  return /^upgrade: *websocket/im.test(bytes.toString('latin1').split('\r\n\r\n')[0] ?? '')
}
