import * as z from 'zod'
import { enrolRequest } from '#protocol/enrolment.ts'
import { createEnrolmentCode, enrol } from '../office/enrolment.ts'
import { addRegister, listRegisters, moveRegister } from '../office/registers.ts'
import { asAccount, router, throttled } from './trpc.ts'

export const registerRouter = router({
  list: asAccount.query(({ ctx }) => listRegisters(ctx.services.database, ctx.account.tenantId)),
  add: asAccount
    .input(z.object({ storeId: z.uuid(), name: z.string().trim().min(1).max(60) }))
    .mutation(({ ctx, input }) => addRegister(ctx.services.database, ctx.account.tenantId, input)),
  /** [L7] */
  move: asAccount
    .input(z.object({ registerId: z.uuid(), storeId: z.uuid() }))
    .mutation(({ ctx, input }) => moveRegister(ctx.services.database, ctx.account.tenantId, input)),
})

export const enrolmentRouter = router({
  createCode: asAccount
    .input(z.object({ registerId: z.uuid() }))
    .mutation(({ ctx, input }) =>
      createEnrolmentCode(ctx.services.database, ctx.account.tenantId, input.registerId),
    ),
  createOfficeCode: asAccount.mutation(({ ctx }) =>
    createEnrolmentCode(ctx.services.database, ctx.account.tenantId, null),
  ),
  enrol: throttled.input(enrolRequest).mutation(({ ctx, input }) => enrol(ctx.services.database, input)),
})
