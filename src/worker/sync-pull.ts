import type { PullPage, PullRequest } from '#protocol/pull.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import { showsLoss } from '#sync/pull-state.ts'
import { readPullAnswer } from '../transport/answers.ts'
import { announceChanges } from './announce-changes.ts'
import { done, hear, more } from './sync-answer.ts'
import { afterMisfit, type Asked, isOldDisk, needUpgrade, whereItIs } from './sync-asked.ts'
import { createLoader, type Loader } from './sync-load.ts'
import { beginAgainAsLost } from './sync-lost.ts'
import { offerLastAgain, offerOneAgain } from './sync-offer-last.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'
import { takeNewIdentity } from './sync-rejoin.ts'

/** [I9] How often digests are compared while nothing is wrong. */
const DIGEST_EVERY_MS = 10 * 60_000

/** Reads what is new: page after page of a load where one is under way, then the changes. */
export async function pull(ports: SyncPorts, isOver: () => boolean): Promise<CycleEnd> {
  const loader = createLoader(ports)
  for (;;) {
    const asked = await whereItIs(ports)
    if (asked === null) return done
    if (isOver()) return more
    const end = asked.sync.load === null ? await pullPage(ports, asked, loader) : await loader.loadPage(asked)
    if (end === 'next') continue
    if (end !== 'old-disk') return end
    // What was acknowledged goes on under the old name only where the server still holds it.
    const held = await offerOneAgain(ports, asked, asked.sync.ackedSeq)
    return held.kind === 'done' ? takeNewIdentity(ports, asked.installId) : held
  }
}

async function pullPage(
  ports: SyncPorts,
  asked: Asked,
  loader: Loader,
): Promise<CycleEnd | 'next' | 'old-disk'> {
  const { store, server, clock, events } = ports
  const { sync, installId } = asked
  const heard = hear(ports, await server.pull(requestOf(ports, asked, loader)), readPullAnswer)
  if (heard.kind === 'end') return heard.end
  const { answer } = heard
  if (answer.kind === 'upgrade-required') return needUpgrade(ports)
  if (answer.kind === 'load-again') {
    const { epoch, reason, scope } = answer
    await store.beginLoadAgain(sync, { epoch, reason, scope }, clock())
    if (reason === 'scope-changed') events.emit({ topics: ['device', 'status'] })
    // [L5] Pushing begins again too.
    return more
  }
  if (await isOldDisk(ports, asked, answer.ackedSeq)) return 'old-disk'
  if (showsLoss(sync, answer)) return beginAgainAsLost(ports, sync)
  const came = { ...answer, installId }
  const applied = await store.applyPage(came, clock())
  if (applied === null) return afterMisfit(ports, asked)
  announceChanges(events, applied, false)
  if (answer.next < answer.head) return 'next'
  return compareDigests(ports, answer, loader)
}

function requestOf(
  { appVersion, clock }: SyncPorts,
  { sync, journalSeq, isAtRest }: Asked,
  loader: Loader,
): PullRequest {
  const { epoch, scopeId, cursor, lastDigest } = sync
  // Either way: clocks jump.
  const isDue = lastDigest === null || Math.abs(clock() - lastDigest.at) >= DIGEST_EVERY_MS
  return {
    protocol: PROTOCOL_VERSION,
    appVersion,
    journalSeq,
    epoch,
    scopeId,
    cursor,
    wantsDigest: isAtRest && (isDue || loader.hasEnded()),
  }
}

/**
 * [I9] A difference is mended by loading again. One that is still there after a load waits for the next regular comparison: it
 * would come again with every load.
 */
async function compareDigests(
  ports: SyncPorts,
  { epoch, next, ordersSince, digest }: PullPage,
  loader: Loader,
): Promise<CycleEnd> {
  if (digest === null) return done
  const { store, clock } = ports
  const compared = await store.compareDigest({ epoch, next, ordersSince, digest }, clock())
  // [L5] What a copy of this device wrote in the place of our own shows in no digest.
  if (compared !== 'differs' || loader.hasEnded()) return offerLastAgain(ports)
  const sync = await store.loadSync()
  if (sync === null) return done
  const hasBegun = await store.beginLoadAgain(sync, { epoch, reason: 'digest-differs', scope: null }, clock())
  return hasBegun ? more : done
}
