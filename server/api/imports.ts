import * as z from 'zod'
import { importAppend, importBegin, importEnd } from '#protocol/import.ts'
import { appendToImport, beginImport, endImport, listImports, undoImport } from '../import/take-import.ts'
import { asAccount, router } from './trpc.ts'

const firstMs = Date.UTC(1900, 0, 1)
const lastMs = Date.UTC(9999, 11, 31)

/** The wire's shape, and only days and times that are in a calendar. */
const chunk = z.pipe(
  importAppend,
  z.custom<z.output<typeof importAppend>>((given) =>
    (given as z.output<typeof importAppend>).orders.every(
      ({ businessDay, occurredAt }) =>
        z.iso.date().safeParse(businessDay).success && occurredAt >= firstMs && occurredAt <= lastMs,
    ),
  ),
)

export const importRouter = router({
  begin: asAccount
    .input(importBegin)
    .mutation(({ ctx, input }) => beginImport(ctx.services.database, ctx.account.tenantId, input)),
  append: asAccount
    .input(chunk)
    .mutation(({ ctx, input }) =>
      appendToImport(ctx.services.database, ctx.account.tenantId, input.importId, input.orders),
    ),
  end: asAccount
    .input(importEnd)
    .mutation(({ ctx, input }) =>
      endImport(ctx.services.database, ctx.account.tenantId, input.importId, input.wasCancelled),
    ),
  list: asAccount.query(({ ctx }) => listImports(ctx.services.database, ctx.account.tenantId)),
  undo: asAccount
    .input(z.object({ importId: z.uuid() }))
    .mutation(({ ctx, input }) => undoImport(ctx.services.database, ctx.account.tenantId, input.importId)),
})
