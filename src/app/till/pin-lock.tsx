import { Link } from '@tanstack/react-router'
import { ArrowLeft, User, Users } from 'lucide-react'
import { useState } from 'react'
import type { StaffRole } from '#domain/catalogue.ts'
import type { DeviceState, PinOutcome, StaffCard } from '../../worker/api-device.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { Keypad } from '../../ui/keypad.tsx'
import { Mark } from '../../ui/mark.tsx'
import { PinDots } from '../../ui/pin-dots.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import { device, queries, useDeviceQuery } from '../device.ts'
import { UnreadState } from '../unread-state.tsx'
import { useNow } from './use-now.ts'
import './pin-lock.css'

const ROLE_WORDS: Record<StaffRole, string> = {
  cashier: 'Cashier',
  lead: 'Shift lead',
  manager: 'Manager',
  owner: 'Owner',
}

/** Who sells: a card for each person, then their PIN. */
export function PinLock({ storeName, registerName }: { storeName: string; registerName: string }) {
  const [chosen, setChosen] = useState<StaffCard | null>(null)
  const query = useDeviceQuery('staff', [], () => device.staffList())
  return (
    <main className="pin-lock">
      <header className="pin-lock-head">
        <Mark size={30} className="text-accent" />
        <p>
          <b>{storeName}</b>
          <small>{registerName}</small>
        </p>
      </header>
      {chosen ? (
        <PinEntry key={chosen.staffId} person={chosen} onBack={() => setChosen(null)} />
      ) : query.data ? (
        <People people={query.data} onChoose={setChosen} />
      ) : query.isLoadingError ? (
        <UnreadState of={[query]} title="Who may sell here could not be read" />
      ) : (
        <LoadingState />
      )}
    </main>
  )
}

function People({
  people,
  onChoose,
}: {
  people: readonly StaffCard[]
  onChoose: (person: StaffCard) => void
}) {
  if (people.length === 0) {
    return (
      <EmptyState
        icon={<Icon of={Users} size={24} />}
        title="Nobody may sell here yet"
        text="Give somebody a PIN for this store in the back office. They show up here by themselves."
      />
    )
  }
  return (
    <section className="pin-people" aria-labelledby="pin-people-title">
      <h1 id="pin-people-title">Who is selling?</h1>
      <ul>
        {people.map((person, index) => (
          <li key={person.staffId}>
            <Key
              className="person-key"
              autoFocus={index === 0}
              icon={
                <span className="person-initial" aria-hidden="true">
                  {[...person.name][0]?.toUpperCase() ?? <Icon of={User} />}
                </span>
              }
              offReason={person.hasPin ? null : 'No PIN yet'}
              onPress={() => onChoose(person)}
            >
              <span className="person-words">
                <span dir="auto">{person.name}</span>
                <small>{person.hasPin ? ROLE_WORDS[person.role] : 'No PIN yet'}</small>
              </span>
            </Key>
          </li>
        ))}
      </ul>
    </section>
  )
}

const LEAST_DIGITS = 4
const MOST_DIGITS = 8

type Refusal = { readonly text: string; readonly waitsUntil?: number; readonly isFull?: boolean }

function PinEntry({ person, onBack }: { person: StaffCard; onBack: () => void }) {
  const [pin, setPin] = useState('')
  const [isChecking, setChecking] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const now = useNow(250)
  const waitMs = Math.max((refusal?.waitsUntil ?? 0) - now, 0)
  const isOff = waitMs > 0 || isChecking

  const submit = () => {
    if (isOff || pin.length < LEAST_DIGITS) return
    setChecking(true)
    device
      .signIn(person.staffId, pin)
      .then((outcome) => {
        if (!settle(outcome)) setRefusal(refusalOf(outcome))
      })
      .catch((error: unknown) => {
        reportError(error)
        setRefusal({ text: 'The PIN could not be checked. Try again.' })
      })
      .finally(() => {
        setPin('')
        setChecking(false)
      })
  }
  const add = (digits: string) => {
    setRefusal((last) => (last?.waitsUntil && last.waitsUntil > Date.now() ? last : null))
    setPin((last) => (last + digits).slice(0, MOST_DIGITS))
  }

  return (
    <section className="pin-entry" aria-labelledby="pin-title">
      <h1 id="pin-title">
        <Key
          variant="flat"
          square
          label="Back to people"
          icon={<Icon of={ArrowLeft} className="mirrored" />}
          onPress={onBack}
        />
        <span dir="auto">{person.name}</span>
      </h1>
      <PinDots length={Math.max(LEAST_DIGITS, pin.length)} filled={pin.length} error={refusal !== null} />
      <p className="pin-message" role="alert">
        {messageOf(refusal, waitMs)}
      </p>
      {refusal?.isFull && (
        <Link to="/sync" hash="copy" className={keyClass('rest')}>
          Save a copy
        </Link>
      )}
      <Keypad
        layout="pin"
        label="PIN"
        off={isOff}
        onDigit={add}
        onDelete={() => setPin((last) => last.slice(0, -1))}
        onClear={() => (pin === '' ? onBack() : setPin(''))}
        onEnter={submit}
        corner={
          <Key
            variant="main"
            busy={isChecking}
            offReason={pin.length < LEAST_DIGITS ? 'At least four digits' : null}
            className="pin-ok"
            onPress={submit}
          >
            OK
          </Key>
        }
      />
    </section>
  )
}

/** True when the outcome opens the till. The screen changes at once, before the device tells everybody. */
function settle(outcome: PinOutcome): boolean {
  if (outcome.kind !== 'signed-in') return false
  queries.setQueryData<DeviceState>(['device'], (state) =>
    state === undefined || state.kind === 'new' ? state : { ...state, signedIn: outcome.staff },
  )
  return true
}

function refusalOf(outcome: PinOutcome): Refusal {
  if (outcome.kind === 'full')
    return { text: 'This device has no room left. Free some space on it, then try again.', isFull: true }
  if (outcome.kind === 'wait') return { text: 'Try again now.', waitsUntil: Date.now() + outcome.waitMs }
  const triesLeft = outcome.kind === 'wrong' ? outcome.triesLeft : 0
  if (triesLeft === 0) return { text: 'Wrong PIN.' }
  return { text: `Wrong PIN. ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.` }
}

function messageOf(refusal: Refusal | null, waitMs: number): string {
  return waitMs > 0 ? `Too many wrong PINs. Try again in ${countdown(waitMs)}.` : (refusal?.text ?? '')
}

/** "28 s", "14:05". */
function countdown(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000)
  if (seconds < 60) return `${seconds} s`
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
