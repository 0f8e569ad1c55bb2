import type { CookieSerializeOptions } from '@fastify/cookie'
import * as z from 'zod'
import { failed, success } from '#domain/failure.ts'
import { signIn, signOut } from '../office/accounts.ts'
import { isSameSecret } from '../office/secrets.ts'
import { isSetUp, setUpBusiness } from '../office/set-up.ts'
import { accountOf, sessionCookie, type Context } from './context.ts'
import { open, router, throttled } from './trpc.ts'

const password = z.string().min(10, 'Use at least 10 characters.').max(200)

const newBusiness = z.object({
  token: z.string().max(200),
  businessName: z.string().trim().min(1).max(100),
  ownerName: z.string().trim().min(1).max(100),
  email: z.email(),
  password,
  pin: z.string().regex(/^\d{4,8}$/, 'Use 4 to 8 digits.'),
  storeName: z.string().trim().min(1).max(100),
  timeZone: z.string().refine(isTimeZone, 'Use a zone name like Europe/Berlin.'),
  currencyCode: z.string().length(3),
  taxMode: z.enum(['inclusive', 'exclusive']),
  taxName: z.string().trim().max(50),
  taxRateBasisPoints: z.number().min(0).max(10_000),
  locale: z.string().max(100).refine(isLocale, 'Use a language tag like en-US.').transform(toCanonicalLocale),
})

const setup = router({
  state: open.query(async ({ ctx }) => ({ isSetUp: await isSetUp(ctx.services.database) })),

  create: throttled.input(newBusiness).mutation(async ({ ctx, input }) => {
    const expected = ctx.services.setUpToken.current
    if (expected === null || !isSameSecret(input.token, expected)) {
      return failed(
        'set-up/link',
        'This set-up link is not valid any more.',
        'Use the link that the server printed last, or sign in.',
      )
    }
    const created = await setUpBusiness(ctx.services.database, input)
    if (!created.ok) return created
    ctx.services.setUpToken.current = null
    const opened = await openSession(ctx, input)
    return opened.ok ? success(null) : opened
  }),
})

const session = router({
  signIn: throttled
    .input(z.object({ email: z.string().max(200), password: z.string().max(200) }))
    .mutation(({ ctx, input }) => openSession(ctx, input)),

  signOut: open.mutation(async ({ ctx }) => {
    const token = ctx.request.cookies[sessionCookie]
    if (token) await signOut(ctx.services.database, token)
    ctx.reply.clearCookie(sessionCookie, { path: '/' })
    return null
  }),

  me: open.query(async ({ ctx }) => {
    const account = await accountOf(ctx)
    return account && { name: account.name, email: account.email, businessName: account.businessName }
  }),
})

export const accounts = { setup, session }

async function openSession(ctx: Context, credentials: { email: string; password: string }) {
  const { config, database } = ctx.services
  const opened = await signIn(database, credentials, config.sessionHours)
  if (!opened.ok) return opened
  const { account, token } = opened.value
  ctx.reply.setCookie(sessionCookie, token, cookieOptions(ctx, config.sessionHours))
  return success({ name: account.name, email: account.email, businessName: account.businessName })
}

/** Secure wherever the page came over TLS; a plain-HTTP trial on the own machine works as well. */
function cookieOptions(ctx: Context, hours: number): CookieSerializeOptions {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: ctx.request.protocol === 'https',
    maxAge: hours * 3600,
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function toCanonicalLocale(tag: string): string {
  return Intl.getCanonicalLocales(tag)[0]!
}
