import { describe, expect, test } from 'vitest'
import { groupedCode, readCode } from '../../../src/features/welcome/enrolment-code.ts'

describe('readCode', () => {
  test.each([
    ['bcdf 2345', 'BCDF2345'],
    [' BCDF-2345\n', 'BCDF2345'],
    ['https://till.example/enrol#BCDF2345', 'BCDF2345'],
    ['BCDF2345more', 'BCDF2345'],
    ['bc', 'BC'],
    ['', ''],
  ])('reads %j as %j', (text, code) => expect(readCode(text)).toBe(code))
})

test('groups of four, without a space at the end', () => {
  expect(['B', 'BCDF', 'BCDF2', 'BCDF2345'].map(groupedCode)).toEqual(['B', 'BCDF', 'BCDF 2', 'BCDF 2345'])
})
