import type { LoadAnswer } from '#protocol/pull.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import { loadShowsLoss } from '#sync/pull-state.ts'
import { readLoadAnswer, readLoadRows } from '../transport/answers.ts'
import type { CallOutcome } from '../transport/call.ts'
import { announceChanges } from './announce-changes.ts'
import { hear, later, more } from './sync-answer.ts'
import { afterMisfit, type Asked, isOldDisk, needUpgrade } from './sync-asked.ts'
import { beginAgainAsLost } from './sync-lost.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'

export type Loader = {
  /** [L4] The next page of the load that is under way. */
  loadPage(asked: Asked): Promise<CycleEnd | 'next' | 'old-disk'>
  /** Whether a load came to its end here. */
  hasEnded(): boolean
}

/** Loads page by page; the next one is on its way while one is being stored. */
export function createLoader(ports: SyncPorts): Loader {
  const { store, packing, clock, events } = ports
  const pages = pagesAhead(ports)
  let hasEnded = false
  const loadPage: Loader['loadPage'] = async (asked) => {
    const { sync, installId, journalSeq } = asked
    const after = sync.load?.after ?? null
    const heard = hear(ports, await pages.take(after, journalSeq), readLoadAnswer)
    if (heard.kind === 'end') return heard.end
    const page = heard.answer
    if (page.kind === 'upgrade-required') return needUpgrade(ports)
    if (page.epoch !== sync.epoch || page.scope.id !== sync.scopeId) {
      const { epoch, scope } = page
      const reason = epoch === sync.epoch ? 'scope-changed' : 'epoch-changed'
      await store.beginLoadAgain(sync, { epoch, reason, scope }, clock())
      events.emit({ topics: ['device', 'status'] })
      return more
    }
    if (await isOldDisk(ports, asked, page.ackedSeq)) return 'old-disk'
    if (loadShowsLoss(sync, page)) return beginAgainAsLost(ports, sync)
    if (page.after !== null) pages.ask(page.after, journalSeq)
    const rows = await readRows(page, packing.inflate)
    if (rows === null) return later
    const came = { ...page, ...rows, installId }
    const applied = await store.applyLoadPage(after, came, clock())
    if (applied === null) return afterMisfit(ports, asked)
    hasEnded = applied.endsLoad
    announceChanges(events, applied, !applied.endsLoad)
    return 'next'
  }
  return { loadPage, hasEnded: () => hasEnded }
}

async function readRows(
  { rows }: Extract<LoadAnswer, { kind: 'page' }>,
  inflate: SyncPorts['packing']['inflate'],
) {
  const text = await inflate(rows)
  return text === null ? null : readLoadRows(text)
}

function pagesAhead({ server, appVersion }: SyncPorts) {
  let ahead: { readonly after: string | null; readonly outcome: Promise<CallOutcome<unknown>> } | null = null
  const load = (after: string | null, journalSeq: number): Promise<CallOutcome<unknown>> =>
    server.load({ protocol: PROTOCOL_VERSION, appVersion, journalSeq, after })
  return {
    ask: (after: string, journalSeq: number): void => {
      const outcome = load(after, journalSeq)
      // Nobody may come for it; who does hears of the failure.
      outcome.catch(() => undefined)
      ahead = { after, outcome }
    },
    take: (after: string | null, journalSeq: number): Promise<CallOutcome<unknown>> => {
      const outcome = ahead?.after === after ? ahead.outcome : load(after, journalSeq)
      ahead = null
      return outcome
    },
  }
}
