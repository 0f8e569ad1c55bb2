import { operationText } from '../server/tables.ts'
import type { Invariant } from './invariant.ts'

type Page = {
  readonly kind: string
  readonly ackedSeq: number
  readonly next: number
  readonly epoch: string
}

export const coversEffects: Invariant = {
  rule: 'I8',
  says: 'a page with ackedSeq = n contains the effects of every operation up to n',
  watch: (world, watch) => {
    const view = world.database?.view
    if (!view) return
    watch.onAnswer(({ procedure, installId }, came) => {
      if (procedure !== 'pull' || came.kind !== 'answer' || installId === null) return
      const page = came.value as Page
      if (page.kind !== 'page' || page.epoch !== view.get('life', '')!.epoch) return
      for (let seq = 1; seq <= page.ackedSeq; seq += 1) {
        const row = view.get('operations', operationText(installId, seq))
        if (row && row.v > page.next)
          world.fail('I8', `page to ${page.next} covers ${page.ackedSeq}, operation ${seq} came at ${row.v}`)
      }
    })
  },
}
