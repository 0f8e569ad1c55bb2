import { readEnrolAnswer } from '../transport/answers.ts'
import { allTopics } from './announce-changes.ts'
import { done, hearResult, more } from './sync-answer.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'

/**
 * [P2] Another device has written under this one's name, or an earlier state of its disk came back: it goes on under a new
 * identity, which the old key vouches for. Asking twice, and from two tabs, gives the same one.
 */
export async function takeNewIdentity(ports: SyncPorts, installId: string): Promise<CycleEnd> {
  const { store, server, identity, clock, events } = ports
  if ((await store.loadInstall())?.installId !== installId) return more
  const renewed = await identity.renew()
  const { installId: newInstallId, publicKey } = renewed
  const signature = await identity.sign(`evertill-rejoin:${newInstallId}:${publicKey.x}.${publicKey.y}`)
  const outcome = await server.rejoin({ installId, newInstallId, publicKey, signature })
  const heard = hearResult(ports, outcome, readEnrolAnswer)
  const install = await store.loadInstall()
  if (install === null) return done
  // Another tab was faster: what came is about its identity, or was refused because of it.
  if (install.installId !== installId) return more
  if (heard.kind === 'end') return heard.end
  await store.rejoin({ newInstallId, receiptSeries: heard.answer.receiptSeries }, clock())
  events.emit({ topics: allTopics, recordKeys: 'all' })
  return more
}
