import { MonitorSmartphone } from 'lucide-react'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import type { RegisterDevice } from '../../worker/api-office.ts'

/** While nothing can sell yet: what comes next. */
export function NextStep({ register, onAddDevice }: { register: RegisterDevice; onAddDevice: () => void }) {
  return (
    <section
      aria-label="Next"
      className="flex flex-wrap items-center gap-x-5 gap-y-3 rounded-pane border border-accent bg-accent-soft p-5"
    >
      <Icon of={MonitorSmartphone} size={24} className="text-accent max-tablet:hidden" />
      <div className="min-w-0 flex-[1_1_18rem]">
        <h2>Next: add your first device</h2>
        <p className="text-ink-2">
          Any tablet, phone or laptop with a browser becomes {register.name} of {register.storeName}, this one
          too.
        </p>
      </div>
      <Key variant="main" size="key" className="max-tablet:flex-1" onPress={onAddDevice}>
        Add device
      </Key>
    </section>
  )
}
