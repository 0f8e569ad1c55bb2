import { useQueryClient } from '@tanstack/react-query'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { CircleCheck, Link2Off } from 'lucide-react'
import { useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { device } from '../../app/device.ts'
import { useDeed } from '../../app/use-deed.tsx'
import { Icon } from '../../ui/icon.tsx'
import { keyClass } from '../../ui/key.tsx'
import { Mark } from '../../ui/mark.tsx'
import { EmptyState } from '../../ui/state-views.tsx'
import { localCurrency } from './local-currency.ts'
import { useSetUpState } from './office-queries.ts'
import { MoneyFields, OwnerFields, ShopFields } from './set-up-fields.tsx'
import { setUpErrors, setUpInput } from './set-up-form.ts'
import type { SetUpErrors, SetUpValues } from './set-up-form.ts'
import { SetUpReview } from './set-up-review.tsx'
import { timeZones } from './time-zones.ts'
import { WayInFrame } from './way-in-frame.tsx'

const zones = timeZones()

/** Where the link in the server's terminal leads, `/set-up#token`: makes the business, its first store and its owner. */
export function SetUpScreen() {
  const token = useLocation({ select: ({ hash }) => hash })
  const { data: setUp } = useSetUpState()
  if (setUp?.ok && setUp.value.isSetUp) return <AlreadySetUp />
  if (token === '' || !isSecureContext) return <NoToken />
  return <SetUpForm token={token} />
}

function SetUpForm({ token }: { token: string }) {
  const [values, setValues] = useState<SetUpValues>(firstValues)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const form = useRef<HTMLFormElement>(null)
  const { isBusy, failure, create } = useCreation(token)
  const errors = setUpErrors(values, zones.all)
  const shown = Object.fromEntries(Object.entries(errors).filter(([name]) => touched.has(name)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wrong = Object.keys(errors)
    if (wrong.length === 0) return void create(values)
    setTouched(new Set(Object.keys(values)))
    form.current?.querySelector<HTMLElement>(`[name="${wrong[0]}"]`)?.focus()
  }
  const part = {
    values,
    errors: shown satisfies SetUpErrors,
    onChange: (change: Partial<SetUpValues>) => setValues((before) => ({ ...before, ...change })),
    onLeave: (name: keyof SetUpValues) => setTouched((before) => new Set(before).add(name)),
  }
  return (
    <main className="mx-auto max-w-[1440px] px-4 pt-3 pb-6 tablet:px-6">
      <header className="mb-3 flex min-h-12 items-center gap-3">
        <Mark size={30} className="text-accent" />
        <h1 className="text-xl tracking-tight">Set up your business</h1>
      </header>
      <form
        ref={form}
        noValidate
        onSubmit={submit}
        className="grid gap-4 tablet:max-desk:grid-cols-2 desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_384px]"
      >
        <ShopFields {...part} zones={zones.all} />
        <OwnerFields {...part} />
        <div className="desk:order-last desk:col-span-2 tablet:max-desk:col-span-2">
          <MoneyFields {...part} />
        </div>
        <SetUpReview
          values={values}
          zones={zones.all}
          isBusy={isBusy}
          failure={failure}
          openCount={Object.keys(errors).length}
        />
      </form>
    </main>
  )
}

function firstValues(): SetUpValues {
  return {
    businessName: '',
    storeName: '',
    timeZone: zones.own,
    currencyCode: localCurrency(navigator.language),
    ownerName: '',
    email: '',
    password: '',
    pin: '',
    tax: 'exclusive',
    taxName: '',
    taxRate: '',
  }
}

/** Makes the business; its owner is then signed in here, and the browser opens the dashboards. */
function useCreation(token: string) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { isBusy, failure, run } = useDeed()
  const create = async (values: SetUpValues) => {
    const made = await run(() => device.setUp(setUpInput(values, zones.all, token)))
    if (!made.ok) return
    await Promise.all([
      // The business stands even where this fails: the sign-in enrols the browser then.
      device.enrolAsOffice().catch(reportError),
      queries.invalidateQueries({ queryKey: ['account'] }),
    ])
    await navigate({ to: '/registers', replace: true })
  }
  return { isBusy, failure, create }
}

function AlreadySetUp() {
  return (
    <WayInFrame
      title="This Evertill is set up already"
      text="The link worked once. Sign in with the account it made."
    >
      <Link to="/sign-in" className={`${keyClass('main', 'key')} justify-self-start`}>
        <Icon of={CircleCheck} />
        Sign in
      </Link>
    </WayInFrame>
  )
}

function NoToken() {
  return (
    <WayInFrame title="Set up your business">
      <section className="pane">
        <EmptyState
          icon={<Icon of={Link2Off} size={24} />}
          title="This link is not complete"
          text="Open the whole set-up link from the terminal in which the server runs, with everything after the #."
        />
      </section>
    </WayInFrame>
  )
}
