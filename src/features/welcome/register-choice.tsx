import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ScanBarcode } from 'lucide-react'
import { useState } from 'react'
import type { Result } from '#domain/failure.ts'
import { answered, NOT_READ } from '../../app/deed.ts'
import { device } from '../../app/device.ts'
import { keepStorage } from '../../app/persistence.ts'
import { useDeed } from '../../app/use-deed.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { LoadingState } from '../../ui/state-views.tsx'
import type { Account, RegisterDevice } from '../../worker/api-office.ts'
import { becomeRegister } from './become-register.ts'
import { FailureNote } from './failure-note.tsx'

/** For the owner who is signed in here: one tap on a register makes this browser that register. */
export function RegisterChoice({ account }: { account: Account }) {
  const navigate = useNavigate()
  const [chosenId, setChosenId] = useState<string | null>(null)
  const { isBusy, failure, run } = useDeed()
  const { data: listed } = useQuery<Result<readonly RegisterDevice[]>>({
    queryKey: ['registers'],
    queryFn: () => answered(() => device.registerDevices(), NOT_READ),
    staleTime: 0,
  })
  const choose = async (registerId: string) => {
    setChosenId(registerId)
    const enrolled = await run(async () => {
      const code = await device.createEnrolmentCode(registerId)
      return code.ok ? becomeRegister(device, code.value.code) : code
    })
    if (!enrolled.ok) return
    void keepStorage()
    await navigate({ to: '/till', replace: true })
  }
  const shownFailure = failure ?? (listed?.ok === false ? listed.failure : null)
  return (
    <Pane title="Use this browser as a register" action={<Badge tone="ok">Signed in, {account.name}</Badge>}>
      <div className="grid gap-3">
        {shownFailure && <FailureNote failure={shownFailure} />}
        {listed === undefined && <LoadingState rows={2} />}
        {listed?.ok && (
          <Registers
            registers={listed.value}
            chosenId={isBusy ? chosenId : null}
            onChoose={(id) => void choose(id)}
          />
        )}
      </div>
    </Pane>
  )
}

function Registers({
  registers,
  chosenId,
  onChoose,
}: {
  registers: readonly RegisterDevice[]
  chosenId: string | null
  onChoose: (registerId: string) => void
}) {
  const stores = Map.groupBy(registers, (register) => register.storeId)
  return [...stores].map(([storeId, members]) => (
    <section key={storeId} aria-label={members[0]?.storeName} className="grid gap-1.5">
      <h3 className="text-sm text-ink-2">{members[0]?.storeName}</h3>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(12.5rem,1fr))] gap-2">
        {members.map(({ registerId, name, install }) => (
          <li key={registerId} className="grid">
            <Key
              size="key"
              className="justify-start! whitespace-normal!"
              busy={chosenId === registerId}
              offReason={chosenId !== null && chosenId !== registerId ? 'Another one is being set up.' : null}
              icon={<Icon of={ScanBarcode} />}
              onPress={() => onChoose(registerId)}
            >
              <span className="grid text-start">
                {name}
                <small className="text-sm font-text text-ink-2">
                  {install ? 'Has a device' : 'No device yet'}
                </small>
              </span>
            </Key>
          </li>
        ))}
      </ul>
    </section>
  ))
}
