import { expect, test } from 'vitest'
import { failed, success } from '#domain/failure.ts'
import { becomeRegister } from '../../../src/features/welcome/become-register.ts'
import type { DeviceState } from '../../../src/worker/api-device.ts'

const unknownCode = failed('enrolment/unknown-code', 'This code is not known.', 'Make a new code.')
const unsent = failed('device/unsent', 'Some sales exist on this device only.', 'Wait.')

function deviceOf(kind: DeviceState['kind'], options: { codeWorks?: boolean; canForget?: boolean } = {}) {
  const { codeWorks = true, canForget = true } = options
  const calls: string[] = []
  const stateOf = (of: DeviceState['kind']) => ({ kind: of }) as DeviceState
  return {
    calls,
    device: async () => stateOf(kind),
    forget: async () => {
      calls.push('forget')
      return canForget ? success(null) : unsent
    },
    enrol: async () => {
      calls.push('enrol')
      return codeWorks ? success(stateOf('register')) : unknownCode
    },
    enrolAsOffice: async () => {
      calls.push('enrolAsOffice')
      return success(stateOf('office'))
    },
  }
}

test('a new browser enrols at once', async () => {
  const device = deviceOf('new')
  expect((await becomeRegister(device, 'BCDF2345')).ok).toBe(true)
  expect(device.calls).toEqual(['enrol'])
})

test('a browser with dashboards gives them up first', async () => {
  const device = deviceOf('office')
  expect((await becomeRegister(device, 'BCDF2345')).ok).toBe(true)
  expect(device.calls).toEqual(['forget', 'enrol'])
})

test('and takes them again where the code fails', async () => {
  const device = deviceOf('office', { codeWorks: false })
  expect(await becomeRegister(device, 'BCDF2345')).toEqual(unknownCode)
  expect(device.calls).toEqual(['forget', 'enrol', 'enrolAsOffice'])
})

test('[C6] what may not be forgotten is not enrolled anew', async () => {
  const device = deviceOf('office', { canForget: false })
  expect(await becomeRegister(device, 'BCDF2345')).toEqual(unsent)
  expect(device.calls).toEqual(['forget'])
})

test('a register is never forgotten on the way', async () => {
  const device = deviceOf('register', { codeWorks: false })
  await becomeRegister(device, 'BCDF2345')
  expect(device.calls).toEqual(['enrol'])
})
