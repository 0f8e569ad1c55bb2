import { Layers } from 'lucide-react'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import type { RecordForm } from './use-record-form.ts'

const mostNamed = 3

/** Quiet: nothing is lost either way, the fields merge by their rules ([R2]). */
export function ElsewhereNote({ form, noun }: { form: RecordForm<object>; noun: string }) {
  const { elsewhere, isGone } = form
  if (!isGone && elsewhere.length === 0) return null
  const named = elsewhere.slice(0, mostNamed).join(', ')
  const more = elsewhere.length - mostNamed
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-key border border-rule bg-fill px-3 py-2 text-sm"
    >
      <Icon of={Layers} className="text-ink-2" />
      <p className="min-w-0 flex-1 basis-48">
        {isGone
          ? `This ${noun} was deleted elsewhere while it was open here.`
          : `Changed elsewhere meanwhile: ${named}${more > 0 ? ` and ${more} more` : ''}.`}
      </p>
      {!isGone && (
        <Key size="small" onPress={form.showElsewhere}>
          Show it
        </Key>
      )}
    </div>
  )
}
