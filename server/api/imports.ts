import * as z from 'zod'
import { importAppend, importBegin, importEnd } from '#protocol/import.ts'
import { appendToImport, beginImport, endImport, listImports, undoImport } from '../import/take-import.ts'
import { asAccount, router } from './trpc.ts'

export const importRouter = router({
  begin: asAccount
    .input(importBegin)
    .mutation(({ ctx, input }) => beginImport(ctx.services.database, ctx.account.tenantId, input)),
  append: asAccount
    .input(importAppend)
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
