import type { Chance } from './chance.ts'
import type { Coverage } from './coverage.ts'
import type { Owner, Scheduler } from './scheduler.ts'

/** One device's line to the server, as it is at the moment. Shares are 0…1. */
export type Line = {
  readonly isDown: boolean
  /** The request goes, nothing ever comes back, nothing is refused. */
  readonly isBlackHole: boolean
  readonly lostRequests: number
  readonly lostAnswers: number
  readonly doubled: number
  readonly portal: number
  readonly refusedTokens: number
  /** 429 and 503. */
  readonly busy: number
  readonly slowestMs: number
}

export const goodLine: Line = {
  isDown: false,
  isBlackHole: false,
  lostRequests: 0,
  lostAnswers: 0,
  doubled: 0,
  portal: 0,
  refusedTokens: 0,
  busy: 0,
  slowestMs: 200,
}

export type Procedure = 'push' | 'pull' | 'load' | 'rejoin'

/** What a request was answered; `failure` codes are those of the transport. */
export type Came =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'retry' | 'unauthorised' | 'failure'; readonly code: string }

/** A request on its way: text, as on the wire. */
export type Request = {
  readonly procedure: Procedure
  /** The install whose token travels with it; null: none. */
  readonly installId: string | null
  readonly body: string
  /** Times that this very request has been handed to the server. */
  handedOver: number
}

/** Answers as text; rejects when the process that worked on it died. */
export type Receive = (request: Request) => Promise<string>

/** How much of the server's work happens between two steps of all others. */
export type Interleaving = 'statement by statement' | 'request by request'

export type Network = {
  send(from: Owner, line: () => Line, request: Request): Promise<Came>
  /** Every request that a device ever sent, in sequence. */
  readonly sent: readonly Request[]
}

const TIMEOUT_MS = 20_000
const HOUR_MS = 3_600_000

export function createNetwork(
  scheduler: Scheduler,
  chance: () => Chance,
  coverage: Coverage,
  receive: Receive,
  interleaving: Interleaving,
  onAnswer: (request: Request, came: Came) => void,
): Network {
  const wires = scheduler.owner('network')
  const sent: Request[] = []

  const deliver = (request: Request, then: (text: string | null) => void): Promise<void> | null => {
    request.handedOver += 1
    const done = receive(request).then(then, () => then(null))
    return interleaving === 'request by request' ? done : null
  }

  const repeatLater = (request: Request): void => {
    coverage.count('network: request delivered again hours later')
    const delayMs = Math.round(HOUR_MS * (0.001 + chance().next() * 3))
    scheduler.after(wires, delayMs, () => deliver(request, () => undefined))
  }

  const send = (from: Owner, line: () => Line, request: Request): Promise<Came> => {
    const draw = chance()
    const now = line()
    sent.push(request)
    return new Promise((resolve) => {
      let isOver = false
      // Back on the device: what was killed or frozen meanwhile hears nothing, or later.
      const arrive = (came: Came, delayMs: number): void => {
        scheduler.after(from, delayMs, () => {
          if (isOver) return
          isOver = true
          callOffTimeout()
          resolve(came)
        })
      }
      const callOffTimeout = scheduler.after(from, TIMEOUT_MS, () => arrive(unreachable, 0))
      const does = (what: string, share: number): boolean => {
        if (share === 0 || draw.next() >= share) return false
        coverage.count(`network: ${what}`)
        return true
      }
      const latencyMs = () => draw.int(now.slowestMs) + 1

      if (now.isDown) {
        coverage.count('network: down')
        return arrive(unreachable, 5)
      }
      if (now.isBlackHole) return coverage.count('network: black hole')
      if (does('captive portal', now.portal))
        return arrive({ kind: 'answer', value: '<html>Welcome to Airport Wi-Fi</html>' }, latencyMs())
      if (does('429 or 503', now.busy))
        return arrive({ kind: 'retry', code: 'request/too-often' }, latencyMs())
      if (does('401', now.refusedTokens))
        return arrive({ kind: 'unauthorised', code: 'session/none' }, latencyMs())
      if (does('request lost', now.lostRequests)) return
      if (now.slowestMs > TIMEOUT_MS / 4) coverage.count('network: slow')
      const isAnswerLost = does('answer lost', now.lostAnswers)
      if (does('request doubled', now.doubled)) repeatLater(request)
      scheduler.after(wires, latencyMs(), () =>
        deliver(request, (text) => {
          const came = text === null ? unreachable : (JSON.parse(text) as Came)
          onAnswer(request, came)
          if (!isAnswerLost) arrive(came, latencyMs())
        }),
      )
    })
  }
  return { send, sent }
}

const unreachable: Came = { kind: 'retry', code: 'network/unreachable' }
