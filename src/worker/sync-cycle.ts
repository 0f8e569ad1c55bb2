import { handOver } from './sync-carried.ts'
import { offerLastAgain } from './sync-offer-last.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'
import { pull } from './sync-pull.ts'
import { push } from './sync-push.ts'

/** Sends what is unsent, then reads what is new, until the time is over. What keeps one from working does not stop the other. */
export async function runCycle(ports: SyncPorts, isOver: () => boolean): Promise<CycleEnd> {
  const pushed = await push(ports, isOver)
  await noteStanding(ports, pushed)
  if (pushed.kind === 'retry' || pushed.kind === 'more') return pushed
  const carried = await handOver(ports, isOver)
  if (carried.kind === 'retry' || carried.kind === 'more') return carried
  const pulled = await pull(ports, isOver)
  await noteStanding(ports, pulled)
  if (isRevoked(pulled) && pushed.kind === 'done' && !isOver()) {
    const offered = await offerLastAgain(ports)
    return offered.kind === 'done' ? pulled : offered
  }
  return pulled.kind === 'done' ? pushed : pulled
}

/** [P5] Taken out of use: this device sells nothing more, and goes on sending what it has. */
async function noteStanding({ store, clock, events }: SyncPorts, end: CycleEnd): Promise<void> {
  if (!isRevoked(end)) return
  if ((await store.loadSync())?.isRevoked !== false) return
  await store.noteRevoked(clock())
  events.emit({ topics: ['status', 'device'] })
}

function isRevoked(end: CycleEnd): boolean {
  return end.kind === 'trouble' && end.failure.code === 'device/revoked'
}
