import { describe, expect, test } from 'vitest'
import { becomesOffice, internalPath } from '../../../src/features/welcome/after-sign-in.ts'

describe('internalPath', () => {
  test.each(['/registers', '/enrol#BCDF2345', '/dashboard?store=1', '/'])('%s stays in this app', (path) =>
    expect(internalPath(path)).toBe(path),
  )

  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'registers',
    '',
    undefined,
    7,
  ])('%j leads nowhere', (next) => expect(internalPath(next)).toBeNull())
})

describe('becomesOffice', () => {
  test('a new browser becomes an office device', () => {
    expect(becomesOffice('new', null)).toBe(true)
    expect(becomesOffice('new', '/registers')).toBe(true)
  })

  test('not when its owner is about to make it a register', () => {
    expect(becomesOffice('new', '/welcome')).toBe(false)
    expect(becomesOffice('new', '/enrol#BCDF2345')).toBe(false)
  })

  test('what is enrolled stays what it is', () => {
    expect(becomesOffice('register', null)).toBe(false)
    expect(becomesOffice('office', null)).toBe(false)
  })
})
