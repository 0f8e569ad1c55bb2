import * as z from 'zod'
import { asAccount, router } from './trpc.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const range = z.object({ from: day, to: day })

const salesQuery = z.object({
  range,
  compareWith: range.nullable(),
  storeIds: z.array(z.uuid()).nullable(),
  granularity: z.enum(['hour', 'day', 'week', 'month']),
})

export const reportRouter = router({
  sales: asAccount
    .input(salesQuery)
    .query(({ ctx, input }) => ctx.services.reports.salesReport(ctx.account.tenantId, input)),
})
