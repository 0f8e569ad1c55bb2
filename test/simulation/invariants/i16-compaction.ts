import type { InstallRow } from '../server/tables.ts'
import type { Invariant } from './invariant.ts'

/** [L6] Who was silent for so long loads again. */
const TOMBSTONE_MS = 90 * 86_400_000

export const compactionChangesNothing: Invariant = {
  rule: 'I16',
  says: 'compaction changes no answer to a device that still comes',
  watch: (world, watch) => {
    const view = world.database?.view
    if (!view) return
    const heard = new Map<string, number>()
    /** Who came again after so long that nobody counted on it: the compaction that runs meanwhile may not know yet. */
    const returned = new Set<string>()
    watch.onServerCommit((changes) => {
      for (const [installId, value] of changes.get('installs') ?? []) {
        const heardAt = (value as InstallRow | undefined)?.heardAt ?? null
        if (heardAt === null) continue
        if (heardAt - (heard.get(installId) ?? heardAt) > TOMBSTONE_MS) returned.add(installId)
        heard.set(installId, heardAt)
      }
      if (changes.has('operations')) return
      const gone = [...(changes.get('records') ?? [])].filter(([, row]) => row === undefined)
      if (gone.length === 0) return
      world.coverage.count('server: compaction dropped tombstones')
      const { compactedV } = view.get('life', '')!
      for (const [, install] of view.list('installs')) {
        const isLive = !install.isRevoked && install.heardAt !== null && !returned.has(install.installId)
        const quietMs = world.scheduler.now() + world.serverClockOffsetMs - (install.heardAt ?? 0)
        if (isLive && quietMs < TOMBSTONE_MS && (install.cursor ?? 0) < compactedV)
          world.fail(
            'I16',
            `${install.installId} had read up to ${install.cursor}, compacted up to ${compactedV}`,
          )
      }
      returned.clear()
    })
  },
}
