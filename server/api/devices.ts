import * as z from 'zod'
import { tokenRequest } from '#protocol/enrolment.ts'
import { rejoinRequest } from '#protocol/proof.ts'
import { loadRequest, outdatedRequest, pullRequest } from '#protocol/pull.ts'
import { pushRequest, pushRequestV1 } from '#protocol/push.ts'
import { acceptOperations } from '../use-cases/accept-operations.ts'
import { loadPage, pullChanges } from '../use-cases/read-changes.ts'
import { rejoin, revokeDevice } from '../office/devices.ts'
import { asAccount, asDevice, askingForToken, open, router, sending } from './trpc.ts'

export const deviceRouter = router({
  challenge: askingForToken.input(z.object({ installId: z.uuid() })).mutation(async ({ ctx, input }) => ({
    nonce: await ctx.services.deviceTokens.challenge(input.installId),
  })),
  token: askingForToken
    .input(tokenRequest)
    .mutation(({ ctx, input }) => ctx.services.deviceTokens.redeem(input)),
  /** [P2] The old key's signature authenticates. */
  rejoin: open.input(rejoinRequest).mutation(({ ctx, input }) => rejoin(ctx.services.database, input)),
  /** [P5] */
  revoke: asAccount
    .input(z.object({ installId: z.uuid() }))
    .mutation(({ ctx, input }) => revokeDevice(ctx.services.database, ctx.account.tenantId, input.installId)),
})

export const operationsRouter = router({
  /** [P5] The signature of the batch authenticates it, whoever is signed in. */
  push: sending
    .input(z.union([pushRequest, pushRequestV1]))
    .mutation(({ ctx, input }) => acceptOperations(ctx.services.ingest, input)),
})

/** Mutations although they only read: a POST is cached by nothing in between. */
export const changesRouter = router({
  load: asDevice
    .input(z.union([loadRequest, outdatedRequest]))
    .mutation(({ ctx, input }) => loadPage(ctx.services.changes, ctx.install, input)),
  pull: asDevice
    .input(z.union([pullRequest, outdatedRequest]))
    .mutation(({ ctx, input }) => pullChanges(ctx.services.changes, ctx.install, input)),
})
