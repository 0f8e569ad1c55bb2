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

/** Anyone, when the turn comes: a thousand devices that come back at once must not keep people waiting. */
export const sending = admitted('send')
export const askingForToken = admitted('token')

/** An enrolled device, by its token, when its turn comes. */
export const asDevice = admitted('read').use(async ({ ctx, next }) =>
  next({ ctx: { ...ctx, install: await installOf(ctx) } }),
)

function admitted(kind: 'send' | 'read' | 'token') {
  return trpc.procedure.use(async ({ ctx, getRawInput, signal, next }) => {
    const installId = kind === 'read' ? installInToken(ctx) : installInInput(await getRawInput())
    const admitted = await ctx.services.admit(kind, installId, next, signal)
    if (admitted.isAdmitted) return admitted.value
    ctx.reply.header('retry-after', admitted.retryAfterSeconds)
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'Too many devices at once. Try again soon.' })
  })
}

function installInInput(input: unknown): string | null {
  const isNamed = input instanceof Object && 'installId' in input && typeof input.installId === 'string'
  return isNamed ? (input.installId as string) : null
}

/** Not verified yet. */
function installInToken({ request }: Context): string | null {
  const claims = request.headers.authorization?.split('.')[1]
  try {
    const read: unknown = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString())
    return read instanceof Object && 'sub' in read && typeof read.sub === 'string' ? read.sub : null
  } catch {
    return null
  }
}
