import { describe, expect, test } from 'vitest'
import type { Staff } from '#domain/catalogue.ts'
import { changedPaths, rebased } from '../../../src/app/editing/draft.ts'
import {
  draftOfStaff,
  newStaff,
  pinText,
  staffFieldWords,
  staffOfDraft,
} from '../../../src/features/people/staff-draft.ts'

const pin = { salt: 'c2FsdA==', iterations: 210_000, hash: 'aGFzaA==' }
const sam: Staff = {
  staffId: 's1',
  name: 'Sam ',
  role: 'cashier',
  pin,
  storeIds: ['harbor', 'mill'],
  isActive: true,
}

describe('the form of a person', () => {
  test('[R2] what nobody touched stays as it is stored', () => {
    const read = staffOfDraft(draftOfStaff(sam), sam)
    expect(read).toEqual({ ok: true, doc: sam })
    expect(read.ok && read.doc.pin).toBe(sam.pin)
  })

  test('a set of stores in another sequence is no change; all stores is an empty set', () => {
    const draft = draftOfStaff(sam)
    expect(staffOfDraft({ ...draft, storeIds: ['mill', 'harbor'] }, sam)).toMatchObject({
      doc: { storeIds: sam.storeIds },
    })
    expect(staffOfDraft({ ...draft, storeIds: null }, sam)).toMatchObject({ doc: { storeIds: [] } })
    expect(draftOfStaff({ ...sam, storeIds: [] }).storeIds).toBeNull()
  })

  test('a name and a store are needed', () => {
    const { pin: _, ...fresh } = draftOfStaff(newStaff('s2', ['harbor']))
    expect(staffOfDraft({ ...fresh, pin: '', storeIds: [] }, newStaff('s2', []))).toEqual({
      ok: false,
      errors: { name: 'Write a name.', storeIds: 'Choose a store, or all of them.' },
    })
  })

  test('a new PIN is kept as it was hashed; taking it back to nothing is none', () => {
    const other = { salt: 'b3RoZXI=', iterations: 210_000, hash: 'b3RoZXI=' }
    const draft = draftOfStaff(sam)
    expect(staffOfDraft({ ...draft, pin: pinText(other) }, sam)).toMatchObject({ doc: { pin: other } })
    expect(staffOfDraft({ ...draft, pin: '' }, sam)).toMatchObject({ doc: { pin: null } })
  })

  test('[R2] two PINs that were set at once never mix: mine holds whole', () => {
    const mine = draftOfStaff({ ...sam, pin: { salt: 'a', iterations: 210_000, hash: 'b' } })
    const now = draftOfStaff({ ...sam, name: 'Samuel', pin: { salt: 'c', iterations: 600_000, hash: 'd' } })
    const merged = staffOfDraft(rebased(draftOfStaff(sam), mine, now), sam)
    expect(merged).toMatchObject({
      doc: { name: 'Samuel', pin: { salt: 'a', iterations: 210_000, hash: 'b' } },
    })
  })

  test('what changed elsewhere is called by the names of the fields', () => {
    const now = draftOfStaff({ ...sam, role: 'lead', storeIds: ['mill'], isActive: false, pin: null })
    expect(changedPaths(draftOfStaff(sam), now).map(staffFieldWords)).toEqual([
      'Role',
      'Stores',
      'PIN',
      'Dismissed or not',
    ])
  })
})
