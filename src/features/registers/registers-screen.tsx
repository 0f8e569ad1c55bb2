import { Link } from '@tanstack/react-router'
import { Plus, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { OfficeFrame } from '../../app/office-frame.tsx'
import { useNow } from '../../app/till/use-now.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { LONG_FROM } from '../../ui/long-list.tsx'
import { NearView } from '../../ui/near-view.tsx'
import { LoadingState } from '../../ui/state-views.tsx'
import type { ShopRecords } from '../../worker/api-lists.ts'
import type { DeviceState } from '../../worker/api-device.ts'
import type { RegisterDevice } from '../../worker/api-office.ts'
import { AddDeviceDialog } from './add-device-dialog.tsx'
import { AddRegisterDialog } from './add-register-dialog.tsx'
import { byStore } from './by-store.ts'
import { NextStep } from './next-step.tsx'
import { NotListed } from './not-listed.tsx'
import { RegisterDialogs } from './register-dialogs.tsx'
import type { RegisterAction } from './register-menu.tsx'
import { sectionPx, StoreSection } from './store-section.tsx'
import { useRegisters } from './use-registers.ts'

const agesChangeMs = 15_000
const listAgesMs = 30_000
/** While a code is shown, the device that uses it should be seen at once. */
const watchMs = 2_000

type Open =
  | { readonly kind: 'register' }
  | { readonly kind: 'device' | RegisterAction; readonly register: RegisterDevice }

/** Every selling position with the device that sells as it, and up to when it was heard. */
export function RegistersScreen() {
  const [open, setOpen] = useState<Open | null>(null)
  const nowMs = useNow(agesChangeMs)
  const { data: state } = useDeviceQuery<DeviceState>('device', [], () => device.device())
  const { data: catalogue } = useDeviceQuery<ShopRecords>('catalogue', ['shop'], () => device.shopRecords())
  const { listing, rename } = useRegisters(open?.kind === 'device' ? watchMs : listAgesMs)
  const refetch = () => void listing.refetch()
  if (listing.data === undefined)
    return (
      <Framed>
        <LoadingState />
      </Framed>
    )
  if (!listing.data.ok)
    return (
      <Framed>
        <NotListed
          failure={listing.data.failure}
          next="/registers"
          onRetry={refetch}
          isTrying={listing.isFetching}
        />
      </Framed>
    )

  const registers = listing.data.value
  const stores = byStore(registers, catalogue?.stores ?? [])
  const ownInstallId = state && state.kind !== 'new' ? state.installId : null
  const first = registers.every(({ install }) => install === null) ? stores[0]?.registers[0] : undefined
  return (
    <OfficeFrame
      title="Registers"
      actions={
        <>
          <Link to="/registers/journals" className={keyClass('rest')}>
            <Icon of={ShieldCheck} />
            Journals
          </Link>
          <Key variant="main" icon={<Icon of={Plus} />} onPress={() => setOpen({ kind: 'register' })}>
            Add register
          </Key>
        </>
      }
    >
      <div className="grid gap-4">
        {first && (
          <NextStep register={first} onAddDevice={() => setOpen({ kind: 'device', register: first })} />
        )}
        {stores.map((store) => {
          const section = (
            <StoreSection
              key={store.storeId}
              store={store}
              ownInstallId={ownInstallId}
              nowMs={nowMs}
              hasOtherStores={stores.length > 1}
              onAddDevice={(register) => setOpen({ kind: 'device', register })}
              onAction={(kind, register) => setOpen({ kind, register })}
            />
          )
          if (registers.length < LONG_FROM) return section
          return (
            <NearView key={store.storeId} estimatePx={sectionPx(store)}>
              {section}
            </NearView>
          )
        })}
      </div>
      {open?.kind === 'register' && (
        <AddRegisterDialog stores={stores} onAdded={refetch} onClose={() => setOpen(null)} />
      )}
      {open?.kind === 'device' && (
        <AddDeviceDialog
          register={open.register}
          current={
            registers.find(({ registerId }) => registerId === open.register.registerId) ?? open.register
          }
          isRegisterHere={state?.kind === 'register'}
          onClose={() => setOpen(null)}
        />
      )}
      {open !== null && open.kind !== 'register' && open.kind !== 'device' && (
        <RegisterDialogs
          action={open.kind}
          register={open.register}
          stores={stores}
          ownInstallId={ownInstallId}
          onChanged={refetch}
          onRenamed={(registerId, name) => void rename(registerId, name)}
          onReplace={() => setOpen({ kind: 'device', register: open.register })}
          onClose={() => setOpen(null)}
        />
      )}
    </OfficeFrame>
  )
}

function Framed({ children }: { children: ReactNode }) {
  return (
    <OfficeFrame title="Registers">
      <section className="pane">{children}</section>
    </OfficeFrame>
  )
}
