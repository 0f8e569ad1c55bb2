import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createLog } from '../../server/log.ts'

function logged(entry: object): string {
  const destination = new PassThrough()
  createLog('info', destination).info(entry, 'said')
  return String(destination.read())
}

test.each([
  [{ password: 'hunter2' }],
  [{ body: { pin: 'hunter2' } }],
  [{ req: { headers: { authorization: 'hunter2', cookie: 'hunter2', 'set-cookie': 'hunter2' } } }],
  [{ a: { b: { c: { token: 'hunter2' } } } }],
  [{ enrolment: { code: 'hunter2' }, signature: 'hunter2' }],
])('a secret does not reach the log: %j', (entry) => {
  expect(logged(entry)).not.toContain('hunter2')
  expect(logged(entry)).toContain('[hidden]')
})

test('the code of an error and of a failure does, as it is what a fault is found by', () => {
  const error = Object.assign(new Error('lost a race'), { code: '40001' })
  expect(logged({ err: error })).toContain('40001')
  expect(logged({ failure: { code: 'shift/closed' } })).toContain('shift/closed')
})
