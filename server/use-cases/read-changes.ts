import type { LoadAnswer, LoadRequest, PullAnswer, PullRequest } from '#protocol/pull.ts'
import type { ChangeRows, ChangesSnapshot, ChangesStore, InstallState, LoadPhase } from './ports.ts'

const phases: readonly LoadPhase[] = ['records', 'segments', 'orders']

/** [L1] The rows above the device's cursor, as many versions as fit a page, from one snapshot. */
export async function pullChanges(
  store: ChangesStore,
  install: InstallState,
  request: PullRequest,
): Promise<PullAnswer> {
  await store.heard(install)
  return store.inSnapshot(install, async (snapshot) => {
    const epoch = await snapshot.epoch()
    const head = await snapshot.head()
    if (request.epoch !== epoch) return { kind: 'load-again', reason: 'epoch-changed', epoch }
    if (request.cursor > head) return { kind: 'load-again', reason: 'cursor-ahead', epoch }
    const next = await snapshot.pageEnd(request.cursor, head)
    return {
      kind: 'page',
      epoch,
      from: request.cursor,
      next,
      head,
      ackedSeq: await snapshot.ackedSeq(next),
      ...(await snapshot.changed(request.cursor, next)),
    }
  })
}

/**
 * [L4] One page of the first load. Pages are read at different moments, each row with its own version; the device
 * then pulls from `startVersion`, which was read before the first page, and so misses nothing in between.
 */
export async function loadPage(
  store: ChangesStore,
  install: InstallState,
  request: LoadRequest,
): Promise<LoadAnswer> {
  await store.heard(install)
  return store.inSnapshot(install, async (snapshot) => {
    const place = readPlace(request.after) ?? {
      startVersion: await snapshot.head(),
      phase: 'records',
      key: '',
    }
    const page = await snapshot.loadPage(place.phase, place.key)
    const following = page.after !== null ? { ...place, key: page.after } : nextPhase(place)
    return {
      epoch: await snapshot.epoch(),
      startVersion: place.startVersion,
      after: following ? writePlace(following) : null,
      share: shareOf(following),
      ackedSeq: await snapshot.ackedSeq(place.startVersion),
      ...(await wholeRows(snapshot, page.rows)),
    }
  })
}

type Place = { readonly startVersion: number; readonly phase: LoadPhase; readonly key: string }

async function wholeRows(snapshot: ChangesSnapshot, rows: Partial<ChangeRows>): Promise<ChangeRows> {
  return { records: [], orders: [], segments: [], registers: await snapshot.contacts(), ...rows }
}

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
  const match = after?.match(/^(\d+) (records|segments|orders) (.*)$/)
  return match ? { startVersion: Number(match[1]), phase: match[2] as LoadPhase, key: match[3]! } : null
}
