import type { Invariant } from './invariant.ts'

export const compactionChangesNothing: Invariant = {
  rule: 'I16',
  says: 'compaction changes no answer to a device that still comes',
  watch: (world, watch) => {
    const view = world.database?.view
    if (!view) return
    watch.onServerCommit((changes) => {
      if (changes.has('operations')) return
      const gone = [...(changes.get('records') ?? [])].filter(([, row]) => row === undefined)
      if (gone.length === 0) return
      world.coverage.count('server: compaction dropped tombstones')
      const { compactedV } = view.get('life', '')!
      for (const [, install] of view.list('installs')) {
        const isLive = !install.isRevoked && install.heardAt !== null
        const quietMs = world.scheduler.now() + world.serverClockOffsetMs - (install.heardAt ?? 0)
        if (isLive && quietMs < 90 * 86_400_000 && (install.cursor ?? 0) < compactedV)
          world.fail(
            'I16',
            `${install.installId} had read up to ${install.cursor}, compacted up to ${compactedV}`,
          )
      }
    })
  },
}
