import type {
  LoadAnswer,
  LoadRequest,
  LoadRows,
  OutdatedRequest,
  PullAnswer,
  PullRequest,
} from '#protocol/pull.ts'
import { scopeOf } from '#protocol/pull.ts'
import { LEAST_PULL_PROTOCOL } from '#protocol/version.ts'
import type { ChangesStore, InstallState, LoadPhase, Packing } from './ports.ts'

export type ChangesReading = {
  readonly changes: ChangesStore
  readonly packing: Packing
  /** ms since 1970. */
  readonly clock: () => number
}

/** [L1] The rows above the device's cursor, as many versions as fit a page, from one snapshot. */
export async function pullChanges(
  { changes, clock }: ChangesReading,
  install: InstallState,
  request: PullRequest | OutdatedRequest,
): Promise<PullAnswer> {
  if (!('cursor' in request)) return upgradeRequired
  const { cursor, journalSeq, appVersion } = request
  await changes.heard(install, { cursor, journalSeq, appVersion })
  if (request.protocol < LEAST_PULL_PROTOCOL) return upgradeRequired
  const scope = scopeOf(install.storeId, install.registerId)
  return changes.inSnapshot(install, async (snapshot) => {
    const epoch = await snapshot.epoch()
    const head = await snapshot.head()
    const loadAgain = (reason: LoadAgainReason) => ({ kind: 'load-again' as const, reason, epoch, scope })
    if (request.epoch !== epoch) return loadAgain('epoch-changed')
    if (cursor > head) return loadAgain('cursor-ahead')
    if (request.scopeId !== scope.id) return loadAgain('scope-changed')
    if (cursor < (await snapshot.compactedV())) return loadAgain('cursor-too-old')
    const next = await snapshot.pageEnd(cursor, head)
    return {
      kind: 'page',
      epoch,
      from: cursor,
      next,
      head,
      ackedSeq: await snapshot.ackedSeq(next),
      serverTime: clock(),
      ordersSince: await snapshot.ordersSince(),
      digest: request.wantsDigest && next === head ? await snapshot.digest() : null,
      ...(await snapshot.changed(cursor, next)),
    }
  })
}

/**
 * [L4] One page of the first load. Pages are read at different moments, each row with its own version; the device
 * then pulls from `startVersion`, which was read before the first page, and so misses nothing in between.
 */
export async function loadPage(
  { changes, packing }: ChangesReading,
  install: InstallState,
  request: LoadRequest | OutdatedRequest,
): Promise<LoadAnswer> {
  if (!('after' in request)) return upgradeRequired
  if (request.protocol < LEAST_PULL_PROTOCOL) return upgradeRequired
  const asked = readPlace(request.after)
  const { journalSeq, appVersion } = request
  // [L6] Tombstones above the start are spared from now on; were one gone already, the pull would say so.
  const hear = (startVersion: number): Promise<void> =>
    changes.heard(install, { cursor: startVersion, journalSeq, appVersion })
  const reading = changes.inSnapshot(install, async (snapshot) => {
    const place = asked ?? { ...start, startVersion: await snapshot.head() }
    const page = await snapshot.loadPage(place.phase, place.key)
    const following = page.after !== null ? { ...place, key: page.after } : nextPhase(place)
    return {
      kind: 'page' as const,
      epoch: await snapshot.epoch(),
      scope: scopeOf(install.storeId, install.registerId),
      startVersion: place.startVersion,
      after: following ? writePlace(following) : null,
      share: shareOf(following),
      ackedSeq: await snapshot.ackedSeq(place.startVersion),
      ordersSince: await snapshot.ordersSince(),
      packs: page.packs,
      rows: {
        ...noRows,
        ...(place.phase === start.phase &&
          place.key === start.key && { registers: await snapshot.contacts() }),
        ...page.rows,
      },
    }
  })
  const [{ rows, ...answer }] = await Promise.all([reading, asked && hear(asked.startVersion)])
  if (asked === null) await hear(answer.startVersion)
  return { ...answer, rows: await packing.deflate(JSON.stringify(rows)) }
}

type LoadAgainReason = Extract<PullAnswer, { kind: 'load-again' }>['reason']

const upgradeRequired = { kind: 'upgrade-required', leastProtocol: LEAST_PULL_PROTOCOL } as const

const noRows: LoadRows = { records: [], orders: [], segments: [], registers: [] }

/** Orders before packs: one that is packed while the load is under way is in a pack that is still to come. */
const phases: readonly LoadPhase[] = ['records', 'segments', 'orders', 'packs']

type Place = { readonly startVersion: number; readonly phase: LoadPhase; readonly key: string }

const start = { phase: 'records', key: '' } as const

function nextPhase(place: Place): Place | null {
  const phase = phases[phases.indexOf(place.phase) + 1]
  return phase ? { ...place, phase, key: '' } : null
}

function shareOf(following: Place | null): number {
  return following ? (phases.indexOf(following.phase) + (following.key === '' ? 0 : 0.5)) / phases.length : 1
}

function writePlace(place: Place): string {
  return `${place.startVersion} ${place.phase} ${place.key}`
}

/** Null at the start and for a key of another release: the load then begins anew, which upserts and harms nothing. */
function readPlace(after: string | null): Place | null {
  const match = after?.match(/^(\d+) (records|segments|orders|packs) (.*)$/)
  return match ? { startVersion: Number(match[1]), phase: match[2] as LoadPhase, key: match[3]! } : null
}
