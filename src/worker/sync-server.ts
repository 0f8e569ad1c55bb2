import type { LoadRequest, PullRequest } from '#protocol/pull.ts'
import type { PushRequest } from '#protocol/push.ts'
import type { RejoinRequest } from '#protocol/proof.ts'
import type { CallOutcome } from '../transport/call.ts'

/** The server as the sync cycle knows it. Answers are what came, still to be parsed; the device's token is the transport's business. */
export type SyncServer = {
  push(request: PushRequest): Promise<CallOutcome<unknown>>
  pull(request: PullRequest): Promise<CallOutcome<unknown>>
  load(request: LoadRequest): Promise<CallOutcome<unknown>>
  /** [P2] A new identity after a fork. */
  rejoin(request: RejoinRequest): Promise<CallOutcome<unknown>>
}
