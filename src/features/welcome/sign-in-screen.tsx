import { useQueryClient } from '@tanstack/react-query'
import { Link, useLocation, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { type Failure, type Result, success } from '#domain/failure.ts'
import { device } from '../../app/device.ts'
import { useDeed } from '../../app/use-deed.tsx'
import { Field } from '../../ui/field.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { becomesOffice, internalPath } from './after-sign-in.ts'
import { FailureNote } from './failure-note.tsx'
import { WayInFrame } from './way-in-frame.tsx'

/** The account of an owner or manager, for everything that a PIN is not enough for. `?next=` is where it goes from here. */
export function SignInScreen() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [hasTried, setTried] = useState(false)
  const { isBusy, failure, signIn } = useSignIn()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (email.trim() !== '' && password !== '') void signIn(email.trim(), password)
  }
  return (
    <WayInFrame title="Sign in" text="With the account of the business. At the till, a PIN is enough.">
      <form className="pane pane-body grid gap-4 pt-5" onSubmit={submit} noValidate>
        {failure && <FailureNote failure={failure} />}
        <Field
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={email}
          onChange={setEmail}
          error={hasTried && email.trim() === '' && 'Enter the address of your account.'}
        />
        <Field
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={hasTried && password === '' && 'Enter your password.'}
        />
        <div className="flex flex-wrap gap-2">
          <Key type="submit" variant="main" size="key" busy={isBusy} className="max-tablet:flex-1">
            Sign in
          </Key>
          <Link to="/" className={keyClass('flat', 'key')}>
            Back
          </Link>
        </div>
      </form>
    </WayInFrame>
  )
}

/** Signing in twice does no harm. */
const NOT_SIGNED_IN: Failure = {
  code: 'session/not-begun',
  sentence: 'Signing in did not work on this device.',
  mend: 'Try again.',
  dataSafe: true,
}

function useSignIn() {
  const router = useRouter()
  const queries = useQueryClient()
  const next = useLocation({ select: ({ search }) => internalPath((search as { next?: unknown }).next) })
  const { isBusy, failure, run } = useDeed()

  const signIn = (email: string, password: string) => run(() => enter(email, password), NOT_SIGNED_IN)
  const enter = async (email: string, password: string): Promise<Result<unknown>> => {
    const signedIn = await device.ownerSignIn(email, password)
    if (!signedIn.ok) return signedIn
    queries.setQueryData(['account'], signedIn.value)
    void queries.invalidateQueries({ queryKey: ['registers'] })
    const { kind } = await device.device()
    if (becomesOffice(kind, next)) {
      const enrolled = await device.enrolAsOffice()
      if (!enrolled.ok) return enrolled
    }
    if (next !== null) router.history.replace(next)
    else if (kind === 'register' && router.history.canGoBack()) router.history.back()
    else await router.navigate({ to: '/dashboard', replace: true })
    return success(null)
  }
  return { isBusy, failure, signIn }
}
