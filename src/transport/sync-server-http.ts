import type { LoadRequest, PullRequest } from '#protocol/pull.ts'
import type { PushRequest } from '#protocol/push.ts'
import type { RejoinRequest } from '#protocol/proof.ts'
import type { ApiClient } from './api-client.ts'
import { call, type CallOutcome } from './call.ts'
import type { DeviceToken } from './device-token.ts'

/** The server over tRPC. Reading takes the device's token; sending is authenticated by the signatures in it ([P5]). */
export function createHttpSyncServer(api: ApiClient, token: DeviceToken) {
  return {
    push: (request: PushRequest): Promise<CallOutcome<unknown>> =>
      call(() => api.operations.push.mutate(request)),
    rejoin: (request: RejoinRequest): Promise<CallOutcome<unknown>> =>
      call(() => api.device.rejoin.mutate(request)),
    pull: (request: PullRequest): Promise<CallOutcome<unknown>> =>
      withToken(token, () => api.changes.pull.mutate(request)),
    load: (request: LoadRequest): Promise<CallOutcome<unknown>> =>
      withToken(token, () => api.changes.load.mutate(request)),
  }
}

/** With a token that has run out, the request is made once more with a new one. */
async function withToken(token: DeviceToken, request: () => Promise<unknown>): Promise<CallOutcome<unknown>> {
  const first = await callWithToken(token, request)
  if (first.kind !== 'unauthorised') return first
  token.drop()
  return callWithToken(token, request)
}

async function callWithToken(
  token: DeviceToken,
  request: () => Promise<unknown>,
): Promise<CallOutcome<unknown>> {
  return (await token.get()) === null ? token.withheld() : call(request)
}
