import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Product } from '#domain/catalogue.ts'
import { diffRecord } from '#sync/diff-record.ts'
import type { RecordEdit } from '#sync/edit.ts'
import { applyEdit, mergeEdit, type MergeContext, type RecordState } from '#sync/merge-edit.ts'
import { settlementEdit } from '#sync/settle-conflict.ts'

const latte: Product = {
  productId: 'p1',
  name: 'Latte',
  categoryId: 'hot',
  taxClassId: 'food',
  variants: [
    { variantId: 'small', name: 'Small', sku: 'L-S', barcodes: ['111'], priceMinor: 400 },
    { variantId: 'large', name: 'Large', sku: 'L-L', barcodes: [], priceMinor: 500 },
  ],
  modifierSetIds: ['milk'],
  picture: null,
  isStockTracked: false,
  favouritePosition: null,
  isActive: true,
}

const stored: RecordState = { doc: latte, isDeleted: false, writers: {} }

function context(opId: string, changes: Partial<MergeContext> = {}): MergeContext {
  const by = { actorId: `by-${opId}`, installId: null, at: 0 }
  return { opId, by, v: 7, raisedAt: 1_000, isPermitted: true, conflictsBefore: 0, ...changes }
}

function edit(before: Product | null, after: Product | null): RecordEdit {
  const action = before === null ? 'create' : after === null ? 'delete' : 'change'
  return { kind: 'product', id: 'p1', action, baseV: 1, fields: diffRecord('product', before, after) }
}

const priced = (priceMinor: number, product = latte): Product => ({
  ...product,
  variants: product.variants.map((each) => (each.variantId === 'small' ? { ...each, priceMinor } : each)),
})

describe('[R2] fields that nobody else touched', () => {
  test('two people who change different fields both get their way, with no conflict', () => {
    const first = mergeEdit(stored, edit(latte, { ...latte, name: 'Caffè latte' }), context('a'))
    const second = mergeEdit(first, edit(latte, priced(420)), context('b'))
    expect(second.doc).toEqual(priced(420, { ...latte, name: 'Caffè latte' }))
    expect([...first.conflicts, ...second.conflicts]).toEqual([])
  })

  test('an own second edit is based on the own first: no conflict', () => {
    const first = mergeEdit(stored, edit(latte, priced(420)), context('a'))
    const second = mergeEdit(first, edit(priced(420), priced(430)), context('a2'))
    expect(second.conflicts).toEqual([])
    expect(second.doc).toEqual(priced(430))
  })

  test('two who write the same value agree', () => {
    const first = mergeEdit(stored, edit(latte, priced(420)), context('a'))
    const second = mergeEdit(first, edit(latte, priced(420)), context('b'))
    expect(second).toMatchObject({ conflicts: [], hasChanged: false })
  })

  test('barcodes are a union with removals', () => {
    const withCodes = (barcodes: string[]): Product => ({
      ...latte,
      variants: latte.variants.map((each) => (each.variantId === 'small' ? { ...each, barcodes } : each)),
    })
    const first = mergeEdit(stored, edit(latte, withCodes(['111', '222'])), context('a'))
    const second = mergeEdit(first, edit(latte, withCodes(['333'])), context('b'))
    expect(second.doc).toEqual(withCodes(['222', '333']))
    expect(second.conflicts).toEqual([])
  })
})

describe('[R3] an unseen value', () => {
  test('a name is overwritten by the later one, and both are kept in a conflict', () => {
    const first = mergeEdit(stored, edit(latte, { ...latte, name: 'Milk coffee' }), context('a'))
    const second = mergeEdit(first, edit(latte, { ...latte, name: 'Caffè latte' }), context('b'))
    expect(second.doc).toMatchObject({ name: 'Caffè latte' })
    expect(second.conflicts).toMatchObject([
      {
        conflictId: 'b:1',
        field: 'name',
        base: 'Latte',
        mine: 'Caffè latte',
        theirs: 'Milk coffee',
        mineBy: { actorId: 'by-b' },
        theirsBy: { actorId: 'by-a' },
        outcome: 'overwritten',
      },
    ])
  })

  test('a price keeps what stands there until a person decides', () => {
    const first = mergeEdit(stored, edit(latte, priced(420)), context('a'))
    const second = mergeEdit(first, edit(latte, priced(450)), context('b'))
    expect(second.doc).toEqual(priced(420))
    expect(second.conflicts).toMatchObject([
      { field: 'variants.small.priceMinor', base: 400, mine: 450, theirs: 420, outcome: 'refused' },
    ])
  })

  test('deleting wins over editing, and the edit can be had back', () => {
    const gone = mergeEdit(stored, edit(latte, null), context('a'))
    const late = mergeEdit(gone, edit(latte, priced(450)), context('b'))
    expect(late).toMatchObject({ isDeleted: true, hasChanged: false })
    expect(late.conflicts).toMatchObject([{ field: '', outcome: 'deleted', mine: priced(450), theirs: null }])
    const back = mergeEdit(late, settlementEdit(late.conflicts[0]!, 'mine', null)!, context('c'))
    expect(back).toMatchObject({ doc: priced(450), isDeleted: false, conflicts: [] })
  })

  test('an edit that a deletion had not seen is a conflict too', () => {
    const first = mergeEdit(stored, edit(latte, priced(420)), context('a'))
    const gone = mergeEdit(first, edit(latte, null), context('b'))
    expect(gone.isDeleted).toBe(true)
    expect(gone.conflicts).toMatchObject([
      { field: '', theirs: priced(420), mine: null, outcome: 'overwritten' },
    ])
    const back = mergeEdit(gone, settlementEdit(gone.conflicts[0]!, 'theirs', null)!, context('c'))
    expect(back).toMatchObject({ doc: priced(420), isDeleted: false })
  })

  test('a variant that was taken away keeps the edit that came too late', () => {
    const without = { ...latte, variants: [latte.variants[1]!] }
    const first = mergeEdit(stored, edit(latte, without), context('a'))
    const late = mergeEdit(first, edit(latte, priced(450)), context('b'))
    expect(late.doc).toEqual(without)
    expect(late.conflicts).toMatchObject([
      { field: 'variants.small', outcome: 'deleted', mine: priced(450).variants[0] },
    ])
    const seen = { doc: without, v: 9 }
    const back = mergeEdit(late, settlementEdit(late.conflicts[0]!, 'mine', seen)!, context('c'))
    expect((back.doc as Product).variants).toContainEqual(priced(450).variants[0])
  })

  test('an edit that changes nothing has nothing to keep for a deleted record', () => {
    const gone = mergeEdit(stored, edit(latte, null), context('a'))
    expect(mergeEdit(gone, edit(latte, latte), context('b'))).toMatchObject({
      conflicts: [],
      hasChanged: false,
    })
  })

  test('deleting and making again leaves the new record', () => {
    const gone = mergeEdit(stored, edit(latte, null), context('a'))
    const again = mergeEdit(gone, edit(null, priced(999)), context('b'))
    expect(again).toMatchObject({ doc: priced(999), isDeleted: false, conflicts: [] })
  })

  test('who may not edit changes nothing, and what was wanted is kept', () => {
    const merged = mergeEdit(stored, edit(latte, priced(1)), context('a', { isPermitted: false }))
    expect(merged).toMatchObject({ doc: latte, hasChanged: false })
    expect(merged.conflicts).toMatchObject([{ reason: 'not-permitted', mine: 1, theirs: 400 }])
  })
})

describe('any two edits', () => {
  const product = fc.record({
    name: fc.constantFrom('Latte', 'Mocha', 'Flat white'),
    taxClassId: fc.constantFrom('food', 'drink', null),
    isActive: fc.boolean(),
    prices: fc.array(fc.tuple(fc.constantFrom('small', 'large', 'huge'), fc.nat(3)), { maxLength: 3 }),
  })
  const made = fc.option(product, { nil: null }).map((given): Product | null => {
    if (given === null) return null
    const { prices, ...fields } = given
    const variants = [...new Map(prices)].map(([variantId, priceMinor]) => {
      return { variantId, name: variantId, sku: null, barcodes: [], priceMinor }
    })
    return { ...latte, ...fields, variants }
  })

  test('alone, a merged edit is the edit as it was meant', () => {
    fc.assert(
      fc.property(made, made, (before, after) => {
        const current = before && { doc: before, isDeleted: false, writers: {} }
        if (before === null && after === null) return
        const merged = mergeEdit(current, edit(before, after), context('a'))
        expect(merged.conflicts).toEqual([])
        expect(merged.isDeleted ? null : merged.doc).toEqual(applyEdit(before, edit(before, after)))
        expect(sorted(merged.isDeleted ? null : (merged.doc as Product))).toEqual(sorted(after))
      }),
    )
  })

  test('[I11] whatever the second overwrote or missed of the first stands in a conflict', () => {
    fc.assert(
      fc.property(
        made.filter((each) => each !== null),
        made,
        made,
        (base, one, other) => {
          const first = mergeEdit({ doc: base, isDeleted: false, writers: {} }, edit(base, one), context('a'))
          const second = mergeEdit(first, edit(base, other), context('b'))
          expect(second.conflicts.length > 0).toBe(meets(edit(base, one), edit(base, other)))
        },
      ),
    )
  })

  test('a choice, once carried out, stands in the record', () => {
    fc.assert(
      fc.property(
        made.filter((each) => each !== null),
        made,
        made,
        fc.boolean(),
        (base, one, other, isMine) => {
          const first = mergeEdit({ doc: base, isDeleted: false, writers: {} }, edit(base, one), context('a'))
          const second = mergeEdit(first, edit(base, other), context('b'))
          const [conflict] = second.conflicts
          if (!conflict) return
          const keep = isMine ? 'mine' : 'theirs'
          const record = second.isDeleted || second.doc === null ? null : { doc: second.doc, v: 8 }
          const settled = settlementEdit(conflict, keep, record)
          if (settled === null) return
          const third = mergeEdit(second, settled, context('c'))
          expect(third.conflicts).toEqual([])
          expect(third.hasChanged).toBe(true)
        },
      ),
    )
  })
})

/** Whether two edits of one base touch the same value and want different things. */
function meets(one: RecordEdit, other: RecordEdit): boolean {
  return Object.entries(one.fields).some(([path, change]) =>
    Object.entries(other.fields).some(([otherPath, otherChange]) => {
      if (path === otherPath) return JSON.stringify(change) !== JSON.stringify(otherChange)
      const isWithin = (inner: string, outer: string) => outer === '' || inner.startsWith(`${outer}.`)
      return isWithin(path, otherPath) || isWithin(otherPath, path)
    }),
  )
}

function sorted(product: Product | null): unknown {
  return (
    product && {
      ...product,
      variants: product.variants.toSorted((one, other) => (one.variantId < other.variantId ? -1 : 1)),
    }
  )
}
