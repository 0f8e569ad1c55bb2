import { Ban, RefreshCw, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { applyUpdate } from '../../app/update.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import type { SyncFacts } from '../../worker/api-device.ts'

/** What a person has to do something about; nothing where nobody has. */
export function Notices({ facts }: { facts: SyncFacts }) {
  const { isRevoked, trouble, needsUpgrade, isStorageShort } = facts
  return (
    <>
      {isRevoked && (
        <Notice tone="critical" icon={Ban} title="This device was taken out of use.">
          It sells nothing more. What is only here still sends itself.
        </Notice>
      )}
      {trouble && !isRevoked && (
        <Notice title={trouble.sentence}>
          {trouble.mend} {trouble.dataSafe && 'Everything recorded here is safe.'}
        </Notice>
      )}
      {needsUpgrade && (
        <Notice
          title="This page is too old to show what is new."
          action={
            <Key icon={<Icon of={RefreshCw} />} onPress={() => void applyUpdate()}>
              Reload
            </Key>
          }
        >
          Selling and sending go on. Reload it between two customers.
        </Notice>
      )}
      {isStorageShort && (
        <Notice title="Storage nearly full.">Sales are safe: connect to Wi-Fi or save a copy today.</Notice>
      )}
    </>
  )
}

function Notice({
  title,
  tone = 'attention',
  icon = TriangleAlert,
  action,
  children,
}: {
  title: string
  tone?: 'attention' | 'critical'
  icon?: LucideIcon
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section
      role="status"
      className={classNames(
        'flex flex-wrap items-center gap-x-4 gap-y-2 rounded-pane border p-4',
        tone === 'critical' ? 'border-critical bg-critical-soft' : 'border-attention bg-attention-soft',
      )}
    >
      <Icon of={icon} size={24} className={tone === 'critical' ? 'text-critical' : 'text-attention'} />
      <p className="min-w-0 flex-1 basis-60">
        <b className="block font-label">{title}</b>
        {children}
      </p>
      {action}
    </section>
  )
}
