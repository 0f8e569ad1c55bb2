import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { success } from '#domain/failure.ts'
import { device } from '../../app/device.ts'
import { useNeededRead } from '../../app/read-boundary.tsx'
import { useDeed } from '../../app/use-deed.tsx'
import { FieldNote } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { LoadingState } from '../../ui/state-views.tsx'
import type { Account } from '../../worker/api-office.ts'

/** The account of the business in this browser: apart from the device's enrolment, and from who sells at the till. */
export function AccountPane({ isOffline }: { isOffline: boolean }) {
  const { data: account } = useNeededRead<Account | null>({
    // Asked again when the connection comes back.
    queryKey: ['account', isOffline],
    queryFn: () => device.account(),
    staleTime: 0,
  })
  return (
    <Pane title="Account">
      {account === undefined && <LoadingState rows={2} />}
      {account === null &&
        (isOffline ? (
          <p className="text-ink-2">No connection right now. Who is signed in shows when it is back.</p>
        ) : (
          <div className="grid justify-items-start gap-3">
            <p className="text-ink-2">
              Nobody is signed in here. An account is needed to manage registers and to import.
            </p>
            <Link to="/sign-in" search={{ next: '/settings' }} className={keyClass('rest')}>
              Sign in
            </Link>
          </div>
        ))}
      {account && <SignedIn account={account} />}
    </Pane>
  )
}

function SignedIn({ account }: { account: Account }) {
  const queries = useQueryClient()
  const { isBusy, run } = useDeed()
  const [isStillIn, setStillIn] = useState(false)
  const signOut = async () => {
    await run(async () => {
      // Asked, not assumed: without a network the session goes on.
      await device.ownerSignOut().catch(reportError)
      await queries.invalidateQueries({ queryKey: ['account'] })
      await queries.invalidateQueries({ queryKey: ['registers'] })
      return success(null)
    })
    setStillIn(true)
  }
  return (
    <div className="grid justify-items-start gap-3">
      <p>
        <b className="font-label">{account.name}</b>, {account.businessName}
        <small className="block text-sm wrap-anywhere text-ink-2">{account.email}</small>
      </p>
      <Key icon={<Icon of={LogOut} />} busy={isBusy} onPress={() => void signOut()}>
        Sign out
      </Key>
      {isStillIn && <FieldNote id="still-signed-in" error="Signing out did not work. Try again." />}
      <p className="text-sm text-ink-3">Selling and dashboards on this device go on without the account.</p>
    </div>
  )
}
