import * as z from 'zod'
import { asAccount, router } from './trpc.ts'

/** Longer than any business has sold through us; a series has a row for each day. */
const mostDays = 20 * 366

const day = z.iso.date()
const range = z.object({ from: day, to: day }).refine(({ from, to }) => {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  return from > '1900' && days >= 0 && days < mostDays
}, 'Use a range of 1 day to 20 years.')

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
