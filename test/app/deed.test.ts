import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { failed, success } from '#domain/failure.ts'
import { answered, NOT_KNOWN, NOT_READ } from '../../src/app/deed.ts'

const report = vi.fn()

beforeEach(() => {
  vi.stubGlobal('reportError', report)
})
afterEach(() => {
  vi.unstubAllGlobals()
  report.mockReset()
})

test('what the device answers is handed on as it is, a refusal too', async () => {
  const refused = failed('store/full', 'It is full.', 'Make room.')
  expect(await answered(async () => success(3))).toEqual(success(3))
  expect(await answered(async () => refused)).toBe(refused)
  expect(report).not.toHaveBeenCalled()
})

test('a call that rejects becomes a failure that does not claim to know the outcome, and is reported', async () => {
  const bug = new TypeError('null is not an object')
  const done = await answered(() => Promise.reject(bug))
  expect(done).toEqual({ ok: false, failure: NOT_KNOWN })
  expect(NOT_KNOWN.sentence).toContain('isn’t known')
  expect(report).toHaveBeenCalledWith(bug)
})

test('a call that throws before it begins is no different', async () => {
  const done = await answered<null>(() => {
    throw new Error('The port is closed')
  })
  expect(done.ok).toBe(false)
})

test('who knows what a rejection means says it', async () => {
  expect(await answered(() => Promise.reject(new Error('unread')), NOT_READ)).toEqual({
    ok: false,
    failure: NOT_READ,
  })
})
