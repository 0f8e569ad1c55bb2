import { accounts } from './accounts.ts'
import { changesRouter, deviceRouter, operationsRouter } from './devices.ts'
import { importRouter } from './imports.ts'
import { journalRouter, receiptRouter } from './proofs.ts'
import { enrolmentRouter, registerRouter } from './registers.ts'
import { reportRouter } from './reports.ts'
import { router } from './trpc.ts'

/** Every procedure, noun.verb: parse, authorise, call one use case, answer its result. */
export const appRouter = router({
  ...accounts,
  register: registerRouter,
  enrolment: enrolmentRouter,
  device: deviceRouter,
  operations: operationsRouter,
  changes: changesRouter,
  report: reportRouter,
  journal: journalRouter,
  receipt: receiptRouter,
  import: importRouter,
})

export type AppRouter = typeof appRouter
