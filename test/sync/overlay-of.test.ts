import { describe, expect, test } from 'vitest'
import { foldOverlays, overlaysOf } from '#sync/overlay-of.ts'

const by = { actorId: 'mia', installId: 'i1', occurredAt: 5 }
const written = (kind: string, payload: unknown) => ({ ...by, kind, payload: JSON.stringify(payload) })

const rename = {
  kind: 'category',
  id: 'c1',
  action: 'change',
  baseV: 3,
  fields: { name: { base: 'Hot', value: 'Hot drinks' } },
} as const

describe('[L3] own work is laid over what was pulled', () => {
  test('an edit shows at once', () => {
    const [overlay] = overlaysOf(written('record.edited', rename))
    expect(overlay).toMatchObject({ kind: 'category', id: 'c1' })
    expect(foldOverlays({ categoryId: 'c1', name: 'Hot' }, [overlay!.change])).toEqual({
      categoryId: 'c1',
      name: 'Hot drinks',
    })
  })

  test('edits lie over each other in the sequence of the journal', () => {
    const again = { ...rename, fields: { name: { base: 'Hot drinks', value: 'Warm' } } }
    const changes = [rename, again].flatMap((edit) => overlaysOf(written('record.edited', edit)))
    expect(
      foldOverlays(
        { name: 'Hot' },
        changes.map(({ change }) => change),
      ),
    ).toEqual({ name: 'Warm' })
  })

  test('[R4] a parked order stands on the list until it is paid or voided', () => {
    const parked = { storeId: 's', registerId: 'r', staffId: null, parkedAt: 5, order: { orderId: 'o1' } }
    const [put] = overlaysOf(written('order.parked', { ...parked, baseV: 0 }))
    expect(put).toMatchObject({ kind: 'parked-order', id: 'o1' })
    expect(foldOverlays(null, [put!.change])).toEqual(parked)
    for (const kind of ['order.paid', 'order.voided']) {
      const [remove] = overlaysOf(written(kind, { orderId: 'o1' }))
      expect(foldOverlays(null, [put!.change, remove!.change])).toBeNull()
    }
  })

  test('[R3] a settled conflict is settled here, and its edit shows', () => {
    const overlays = overlaysOf(
      written('conflict.settled', { conflictId: 'x:1', seen: null, keep: 'mine', edit: rename }),
    )
    expect(overlays.map(({ kind }) => kind)).toEqual(['conflict', 'category'])
    expect(foldOverlays({ state: 'open', field: 'name' }, [overlays[0]!.change])).toEqual({
      state: 'settled',
      kept: 'mine',
      settledBy: { actorId: 'mia', installId: 'i1', at: 5 },
      field: 'name',
    })
  })

  test('a task that is done is done here', () => {
    const [overlay] = overlaysOf(written('task.done', { taskId: 't1' }))
    expect(foldOverlays({ state: 'open' }, [overlay!.change])).toMatchObject({ state: 'done' })
  })

  test('an edit of a record that is gone brings nothing back', () => {
    const [overlay] = overlaysOf(written('record.edited', rename))
    expect(foldOverlays(null, [overlay!.change])).toBeNull()
  })

  test('facts that change no record lie over none', () => {
    expect(overlaysOf(written('shift.opened', {}))).toEqual([])
  })
})
