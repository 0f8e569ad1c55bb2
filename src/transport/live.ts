import { livePoke } from '#protocol/enrolment.ts'
import { reconnectDelayMs } from '#sync/retry.ts'

/** The server's close code for a token that it does not take. */
const REFUSED = 4401

export type LiveOptions = {
  readonly url: string
  readonly token: () => Promise<string | null>
  /** The tenant's data may have moved. The server pokes on connecting too, as some may have been missed. */
  readonly onPoke: () => void
  /** The token was not taken: the next connection needs another one. */
  readonly onRefused: () => void
  /** 0…1. */
  readonly chance: () => number
}

export type Live = {
  /** Connects now: at once instead of after the delay of the backoff, or anew where the network has changed under a socket. */
  renew(): void
  close(): void
}

/** A socket that cannot be opened or dies is opened again, with jittered delays; polling goes on beside it. */
export function openLive(options: LiveOptions): Live {
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isClosed = false

  const connect = async (): Promise<void> => {
    clearTimeout(timer)
    const token = await options.token()
    if (isClosed || socket !== null) return
    if (token === null) return connectLater()
    const opened = new WebSocket(options.url)
    socket = opened
    opened.addEventListener('open', () => opened.send(JSON.stringify({ token })))
    opened.addEventListener('message', ({ data }) => {
      failures = 0
      if (isPoke(data)) options.onPoke()
    })
    opened.addEventListener('close', ({ code }) => {
      if (socket !== opened) return
      socket = null
      if (code === REFUSED) options.onRefused()
      connectLater()
    })
  }
  const connectLater = (): void => {
    clearTimeout(timer)
    failures += 1
    if (!isClosed) timer = setTimeout(() => void connect(), reconnectDelayMs(failures, options.chance()))
  }
  const leave = (): void => {
    const left = socket
    socket = null
    left?.close()
  }

  void connect()
  return {
    renew: () => {
      leave()
      void connect()
    },
    close: () => {
      isClosed = true
      clearTimeout(timer)
      leave()
    },
  }
}

function isPoke(data: unknown): boolean {
  try {
    return livePoke.safeParse(JSON.parse(String(data))).success
  } catch {
    return false
  }
}
