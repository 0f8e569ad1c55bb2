import { type Result, success } from '#domain/failure.ts'
import type { ApiClient } from '../transport/api-client.ts'
import { call, callForResult, callForValue } from '../transport/call.ts'
import type { DeviceApi } from './api.ts'

type Office = Pick<
  DeviceApi,
  | 'setUpState'
  | 'setUp'
  | 'ownerSignIn'
  | 'ownerSignOut'
  | 'account'
  | 'registerDevices'
  | 'createEnrolmentCode'
  | 'addRegister'
  | 'moveRegister'
  | 'revokeDevice'
  | 'verifyJournals'
>

/** *Online.* What the owner does with an account; the browser's cookie says who it is. */
export function createOffice(api: ApiClient, origin: string): Office {
  return {
    setUpState: () => callForValue(() => api.setup.state.query()),
    setUp: (input) => callForResult(() => api.setup.create.mutate(input)),
    ownerSignIn: (email, password) => callForResult(() => api.session.signIn.mutate({ email, password })),
    ownerSignOut: async () => {
      await call(() => api.session.signOut.mutate())
    },
    account: async () => {
      const answered = await call(() => api.session.me.query())
      return answered.kind === 'answer' ? answered.value : null
    },
    registerDevices: () => callForValue(() => api.register.list.query()),
    createEnrolmentCode: async (registerId) => {
      const answered = await callForResult(() => api.enrolment.createCode.mutate({ registerId }))
      // The code stands behind the #, so it is in no log of any server.
      return answered.ok
        ? success({ ...answered.value, url: `${origin}/enrol#${answered.value.code}` })
        : answered
    },
    addRegister: (storeId, name) => callForResult(() => api.register.add.mutate({ storeId, name })),
    moveRegister: (registerId, storeId) =>
      callForResult(() => api.register.move.mutate({ registerId, storeId })),
    revokeDevice: (installId) => callForResult(() => api.device.revoke.mutate({ installId })),
    verifyJournals: () => callForValue(() => api.journal.verify.query()),
  }
}

/** *Online.* A code for a manager's device, for the owner who is signed in here. */
export async function createOfficeCode(api: ApiClient): Promise<Result<string>> {
  const answered = await callForResult(() => api.enrolment.createOfficeCode.mutate())
  return answered.ok ? success(answered.value.code) : answered
}
