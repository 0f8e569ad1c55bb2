import { setTimeout as delay } from 'node:timers/promises'
import { type PullRequest, scopeOf } from '#protocol/pull.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import { retryDelayMs } from '#sync/retry.ts'
import { readLoadAnswer, readPullAnswer, readPushAnswer } from '../../src/transport/answers.ts'
import { createDeviceToken } from '../../src/transport/device-token.ts'
import { createHttpSyncServer } from '../../src/transport/sync-server-http.ts'
import { done, hear, hearResult, later } from '../../src/worker/sync-answer.ts'
import type { CycleEnd } from '../../src/worker/sync-ports.ts'
import type { Chance } from '../simulation/chance.ts'
import { createMeasuredApi } from './measured-api.ts'
import type { Returning } from './prepare-herd.ts'
import type { Requests } from './requests.ts'

export type ComingBack = {
  readonly url: string
  readonly requests: Requests
  readonly chance: Chance
  /** Where the device stood when it went offline. */
  readonly epoch: string
  readonly cursor: number
  /** Its storage was cleared, or it is new: it loads everything. Else it reads what came meanwhile. */
  readonly isEmpty: boolean
  /** Whether the first answer to its sales is lost on its way back. */
  readonly losesAnswer: boolean
  /** `performance.now()` at which nobody tries any more. */
  readonly untilMs: number
}

/** `performance.now()` at each; null where it did not come to it. */
export type CameBack = {
  readonly ackedAtMs: number | null
  readonly readAtMs: number | null
  readonly tries: number
}

const appVersion = 'load'

/**
 * One register's way back: it sends all it has, then reads. As the app's own loop does it, what fails is tried again after the
 * client's own delay ([P6]), from where it stands.
 */
export async function comeBack({ register, batches }: Returning, ports: ComingBack): Promise<CameBack> {
  const { chance, isEmpty, untilMs } = ports
  const server = serverOf({ register, batches }, ports)
  let sent = 0
  let ackedAtMs: number | null = null
  let failures = 0

  const push = async (): Promise<CycleEnd> => {
    for (; sent < batches.length; sent += 1) {
      const heard = hearResult(quiet, await server.push(batches[sent]!), readPushAnswer)
      if (heard.kind === 'end') return heard.end
      if (heard.answer.status !== 'accepted') throw new Error(`A batch met ${heard.answer.status}`)
    }
    ackedAtMs ??= performance.now()
    return done
  }
  const reader = isEmpty ? loading(server, register.head.seq) : null
  let pull = pulling(server, placeOf({ register, batches }, ports))
  const read = async (): Promise<CycleEnd> => {
    if (reader !== null) {
      const end = await reader.next()
      if (end.kind !== 'done') return end
      pull = pulling(server, { ...placeOf({ register, batches }, ports), cursor: reader.startVersion() })
    }
    return pull()
  }

  for (let tries = 1; ; tries += 1) {
    const pushed = await push()
    const end = pushed.kind === 'done' ? await read() : pushed
    if (end.kind === 'done') return { ackedAtMs, readAtMs: performance.now(), tries }
    if (end.kind !== 'retry') throw new Error(end.kind === 'trouble' ? end.failure.sentence : 'It never ends')
    const isTold = end.waitMs > 0
    failures = isTold ? 0 : failures + 1
    const delayMs = isTold
      ? Math.round(end.waitMs * (1 + chance.next() / 2))
      : retryDelayMs(failures, chance.next())
    if (performance.now() + delayMs > untilMs) return { ackedAtMs, readAtMs: null, tries }
    await delay(delayMs)
  }
}

const quiet = { onAnswer: (): void => undefined }

type Server = ReturnType<typeof createHttpSyncServer>

function serverOf({ register }: Returning, { url, requests, losesAnswer }: ComingBack): Server {
  let isToLose = losesAnswer
  const api = createMeasuredApi({
    url,
    requests,
    deviceToken: () => token.get(),
    losesAnswer: () => {
      const lost = isToLose
      isToLose = false
      return lost
    },
  })
  const token = createDeviceToken(() => api, {
    installId: () => Promise.resolve(register.installId),
    sign: (text) => register.sign(text),
  })
  return createHttpSyncServer(api, token)
}

function placeOf({ register }: Returning, { epoch, cursor }: ComingBack): PullRequest {
  const { store, registerId } = register.shop
  return {
    protocol: PROTOCOL_VERSION,
    appVersion,
    journalSeq: register.head.seq,
    epoch,
    scopeId: scopeOf(store.storeId, registerId).id,
    cursor,
    wantsDigest: false,
  }
}

/** Reads what changed, page after page, up to the head. */
function pulling(server: Server, from: PullRequest): () => Promise<CycleEnd> {
  let { cursor } = from
  return async () => {
    for (;;) {
      const heard = hear(quiet, await server.pull({ ...from, cursor }), readPullAnswer)
      if (heard.kind === 'end') return heard.end
      if (heard.answer.kind !== 'page') throw new Error(`A pull met ${heard.answer.kind}`)
      cursor = heard.answer.next
      // Others are sending at this moment: what comes after this page is another cycle's.
      if (cursor >= heard.answer.head) return done
    }
  }
}

/** [L4] Loads page by page, from where it stopped. */
function loading(server: Server, journalSeq: number): { next(): Promise<CycleEnd>; startVersion(): number } {
  let after: string | null = null
  let startVersion: number | null = null
  let isOver = false
  const loadPages = async (): Promise<CycleEnd> => {
    while (!isOver) {
      const request = { protocol: PROTOCOL_VERSION, appVersion, journalSeq, after }
      const heard = hear(quiet, await server.load(request), readLoadAnswer)
      if (heard.kind === 'end') return heard.end
      if (heard.answer.kind !== 'page') return later
      startVersion ??= heard.answer.startVersion
      after = heard.answer.after
      isOver = after === null
    }
    return done
  }
  return { next: loadPages, startVersion: () => startVersion ?? 0 }
}
