import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { receiptProof } from '#protocol/proof.ts'
import type { Database } from '../database/pool.ts'
import { whoIs } from '../office/accounts.ts'
import { exportJournals } from '../office/journal-export.ts'
import { verifyJournals } from '../office/journals.ts'
import { checkReceipt } from '../office/receipts.ts'
import { sessionCookie } from './context.ts'
import { asAccount, router, throttled } from './trpc.ts'

export const journalRouter = router({
  verify: asAccount.query(({ ctx }) => verifyJournals(ctx.services.database, ctx.account.tenantId)),
})

export const receiptRouter = router({
  /** Public: whoever holds a receipt may ask. */
  check: throttled.input(receiptProof).query(({ ctx, input }) => checkReceipt(ctx.services.database, input)),
})

/** The audit export as a file of JSON lines, streamed: it may be larger than the server's memory. */
export function registerAuditExport(app: FastifyInstance, database: Database): void {
  app.get('/audit/journals.jsonl', async (request, reply) => {
    const token = request.cookies[sessionCookie]
    const account = token ? await whoIs(database, token) : null
    if (!account) return reply.code(401).send({ code: 'session/none' })
    const day = new Date().toISOString().slice(0, 10)
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="evertill-journals-${day}.jsonl"`)
      .type('application/jsonl; charset=utf-8')
      .send(Readable.from(exportJournals(database, account.tenantId, Date.now())))
  })
}
