import { initTRPC, TRPCError } from '@trpc/server'
import { accountOf, installOf, type Context } from './context.ts'

const trpc = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    // Nothing of the inside travels: the request id in the log leads to it.
    message: error.code === 'INTERNAL_SERVER_ERROR' ? 'The server met an error of its own.' : shape.message,
    data: { ...shape.data, stack: undefined },
  }),
})

export const router = trpc.router

/** Anyone. */
export const open = trpc.procedure

/** Anyone, but not too often from one address: guessing codes and passwords must not pay. */
export const throttled = trpc.procedure.use(async ({ ctx, next }) => {
  if (await ctx.services.isTooOften(ctx.request)) {
    throw new TRPCError({
      code: 'TOO_MANY_REQUESTS',
      message: 'Too many tries. Wait a minute and try again.',
    })
  }
  return next()
})

/** The owner, signed in by the session cookie. */
export const asAccount = trpc.procedure.use(async ({ ctx, next }) => {
  const account = await accountOf(ctx)
  if (!account) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'session/none' })
  return next({ ctx: { ...ctx, account } })
})

/** An enrolled device, by its token. */
export const asDevice = trpc.procedure.use(async ({ ctx, next }) =>
  next({ ctx: { ...ctx, install: await installOf(ctx) } }),
)
