import { Check, MonitorSmartphone, Receipt, Undo2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { Author } from '#domain/catalogue.ts'
import { device } from '../../app/device.ts'
import { DeedNote, useDeed } from '../../app/use-deed.tsx'
import { Badge } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { formatDate, formatTime } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { ConflictCard } from '../../worker/api-editing.ts'
import { conflictText, conflictTitle, isNothing, keyText, valueInUse, valueText } from './conflict-words.ts'

/** Before, one version, the other; one tap decides, and another tap turns it around. */
export function ConflictView({ conflict }: { conflict: ConflictCard }) {
  const { locale } = useLocale()
  const toast = useToast()
  const [chosen, setChosen] = useState<'mine' | 'theirs' | null>(null)
  const { isBusy, failure, run } = useDeed()
  const heading = useRef<HTMLHeadingElement>(null)
  const inUse = valueInUse(conflict)
  const keep = async (choice: 'mine' | 'theirs') => {
    setChosen(choice)
    const settled = await run(() => device.settleConflict(conflict.conflictId, choice))
    if (!settled.ok) return
    toast.show({ text: settledWords(conflict, choice, locale) })
    // The key that was pressed goes; the one beside it would turn the decision around.
    heading.current?.focus()
  }
  const base = valueText(conflict, conflict.base, locale)
  const version = (which: 'mine' | 'theirs', name: string | null, by: Author | null) => (
    <Version
      title={capital(name) ?? (which === 'mine' ? 'One version' : 'As it was')}
      value={valueText(conflict, conflict[which], locale)}
      size={sizeOf(conflict, valueText(conflict, conflict[which], locale))}
      by={by}
      isInUse={inUse === which}
      action={
        conflict.canSettle &&
        !(conflict.state === 'settled' && inUse === which) && (
          <Key
            variant={inUse === which ? 'main' : 'rest'}
            size="key"
            className="mt-3 w-full whitespace-normal"
            busy={isBusy && chosen === which}
            onPress={() => void keep(which)}
          >
            {keyText(conflict, which, locale)}
          </Key>
        )
      }
    />
  )
  return (
    <article className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
      <h2
        ref={heading}
        tabIndex={-1}
        className="text-2xl tracking-tight text-balance wrap-anywhere outline-none"
      >
        {conflictTitle(conflict)}
      </h2>
      <p className="max-w-[60ch] text-md wrap-anywhere text-ink-2">
        {conflictText(conflict, locale, 'whole')}
      </p>
      <div className="grid grid-cols-2 gap-3 wide:auto-cols-fr wide:grid-flow-col wide:grid-cols-none wide:grid-rows-[auto_auto_1fr_auto]">
        {conflict.outcome !== 'deleted' && (
          <section className="flex items-baseline gap-3 rounded-pane border border-dashed border-rule-strong p-4 max-wide:col-span-2 wide:row-span-4 wide:grid wide:grid-rows-subgrid wide:gap-1.5 wide:p-5">
            <h3 className="text-sm">Before</h3>
            <p className={classNames('min-w-0 font-number wrap-anywhere text-ink-2', sizeOf(conflict, base))}>
              {base}
            </p>
          </section>
        )}
        {version('mine', conflict.mineByName, conflict.mineBy)}
        {version('theirs', conflict.theirsByName, conflict.theirsBy)}
      </div>
      {!conflict.canSettle && <p className="text-sm text-ink-2">A manager decides this.</p>}
      <DeedNote failure={failure} />
      <section className="pane pane-body">
        <h3 className="mb-1">What this changes</h3>
        <ul>
          {conflict.recordKind === 'product' && (
            <Effect icon={Receipt}>
              Receipts never change: what was sold keeps the price it was sold at.
            </Effect>
          )}
          <Effect icon={MonitorSmartphone}>
            All devices get what you choose, those that are offline when they come back.
          </Effect>
          <Effect icon={Undo2}>You can turn it around with one tap for 30 days.</Effect>
        </ul>
      </section>
    </article>
  )
}

function Version({
  title,
  value,
  size,
  by,
  isInUse,
  action,
}: {
  title: string
  value: string
  size: string
  by: Author | null
  isInUse: boolean
  action: ReactNode
}) {
  const { locale } = useLocale()
  return (
    <section
      className={classNames(
        'row-span-4 grid min-w-0 grid-rows-subgrid gap-1.5 rounded-pane bg-surface p-4 wide:p-5',
        isInUse ? 'border-2 border-ink' : 'border border-rule',
      )}
    >
      <header className="flex min-h-6 flex-wrap content-start items-center justify-between gap-x-2 gap-y-1">
        <h3 className="min-w-0 text-sm wrap-anywhere">{title}</h3>
        {isInUse && <Badge icon={<Icon of={Check} size={16} />}>In use</Badge>}
      </header>
      <p className={classNames('font-number wrap-anywhere', size)}>{value}</p>
      <p className="text-sm text-ink-2">
        {by && (
          <bdi>
            {formatDate(by.at, locale, 'day')},{' '}
            <span className="whitespace-nowrap">{formatTime(by.at, locale)}</span>
          </bdi>
        )}
      </p>
      {action}
    </section>
  )
}

/** Amounts are large; a text as large as that would break in the middle of a word. */
function sizeOf({ valueLook }: ConflictCard, value: string): string {
  if (valueLook === 'money' || valueLook === 'rate') return 'text-2xl wide:text-3xl'
  const longestWord = Math.max(...value.split(/\s/).map(({ length }) => length))
  if (longestWord > 11) return 'text-base'
  return value.length > 14 || longestWord > 8 ? 'text-lg' : 'text-xl'
}

function capital(name: string | null): string | null {
  return name && name.charAt(0).toUpperCase() + name.slice(1)
}

function settledWords(conflict: ConflictCard, choice: 'mine' | 'theirs', locale: string): string {
  if (conflict.outcome === 'deleted')
    return choice === 'mine' ? `${conflict.recordName} is back.` : `${conflict.recordName} stays deleted.`
  if (isNothing(conflict[choice])) return 'It is empty from now on.'
  return `${valueText(conflict, conflict[choice], locale)} holds from now on.`
}

function Effect({ icon, children }: { icon: typeof Check; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[20px_1fr] gap-2.5 border-t border-rule py-2 text-sm first:border-t-0">
      <Icon of={icon} size={20} className="text-ink-3" />
      {children}
    </li>
  )
}
