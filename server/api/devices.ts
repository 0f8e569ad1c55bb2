import * as z from 'zod'
import { tokenRequest } from '#protocol/enrolment.ts'
import { loadRequest, pullRequest } from '#protocol/pull.ts'
import { pushRequest } from '#protocol/push.ts'
import { acceptOperations } from '../use-cases/accept-operations.ts'
import { loadPage, pullChanges } from '../use-cases/read-changes.ts'
import { asDevice, open, router } from './trpc.ts'

export const deviceRouter = router({
  challenge: open.input(z.object({ installId: z.uuid() })).mutation(async ({ ctx, input }) => ({
    nonce: await ctx.services.deviceTokens.challenge(input.installId),
  })),
  token: open.input(tokenRequest).mutation(({ ctx, input }) => ctx.services.deviceTokens.redeem(input)),
})

export const operationsRouter = router({
  /** [P5] The signature of the batch authenticates it, whoever is signed in. */
  push: open.input(pushRequest).mutation(({ ctx, input }) => acceptOperations(ctx.services.ingest, input)),
})

/** Mutations although they only read: a POST is cached by nothing in between. */
export const changesRouter = router({
  load: asDevice
    .input(loadRequest)
    .mutation(({ ctx, input }) => loadPage(ctx.services.changes, ctx.install, input)),
  pull: asDevice
    .input(pullRequest)
    .mutation(({ ctx, input }) => pullChanges(ctx.services.changes, ctx.install, input)),
})
