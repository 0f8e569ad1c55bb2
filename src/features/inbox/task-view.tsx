import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { useRef } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { DeedNote, useDeed } from '../../app/use-deed.tsx'
import { formatDate, formatNumber, formatTime } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import type { DeviceState } from '../../worker/api-device.ts'
import type { TaskCard } from '../../worker/api-editing.ts'
import { type TaskPlace, taskWords } from './task-words.ts'

const placeWords = {
  '/catalogue': 'Open the catalog',
  '/people': 'Open people',
  '/registers': 'Open registers',
} as const satisfies Record<TaskPlace, string>

/** A fact that was taken in and that a person should look at. */
export function TaskView({ task }: { task: TaskCard }) {
  const { locale } = useLocale()
  const { data: state } = useDeviceQuery<DeviceState>('device', [], () => device.device())
  const { isBusy, failure, run } = useDeed()
  const heading = useRef<HTMLHeadingElement>(null)
  const { title, text, steps, place } = taskWords(task)
  const finish = async () => {
    const done = await run(() => device.finishTask(task.taskId))
    // The key that was pressed goes.
    if (done.ok) heading.current?.focus()
  }
  const facts: readonly (readonly [string, string | null])[] = [
    ['Receipt', task.receiptNumber],
    ['Product', task.productName],
    ['Register', task.registerName],
    ['Store', task.storeName],
    ['Place in the journal', task.seq === null ? null : formatNumber(task.seq, locale)],
    ['Arrived', `${formatDate(task.raisedAt, locale, 'day')}, ${formatTime(task.raisedAt, locale)}`],
  ]
  return (
    <article className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
      <h2
        ref={heading}
        tabIndex={-1}
        className="text-2xl tracking-tight text-balance wrap-anywhere outline-none"
      >
        {title}
      </h2>
      <p className="max-w-[60ch] text-md wrap-anywhere text-ink-2">{text}</p>
      <section className="pane pane-body">
        <h3 className="mb-1">What to do</h3>
        <ol className="grid list-decimal gap-1 ps-5">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
      <dl className="pane pane-body grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
        {facts.map(
          ([label, value]) =>
            value !== null && (
              <div key={label} className="contents">
                <dt className="text-ink-2">{label}</dt>
                <dd className="text-end wrap-anywhere">
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
      <DeedNote failure={failure} />
      <div className="flex flex-wrap gap-2">
        {task.state === 'open' ? (
          <Key
            variant="main"
            size="key"
            busy={isBusy}
            icon={<Icon of={Check} />}
            onPress={() => void finish()}
          >
            Done
          </Key>
        ) : (
          <p className="flex items-center gap-2 text-ink-2">
            <Icon of={Check} size={20} />
            Done{task.doneByName ? ` by ${task.doneByName}` : ''}
          </p>
        )}
        {place !== undefined && (
          <Link to={place} className={keyClass('rest', 'key')}>
            {placeWords[place]}
          </Link>
        )}
        {task.orderId !== null && state?.kind === 'register' && (
          <Link
            to="/till/orders/$orderId"
            params={{ orderId: task.orderId }}
            className={keyClass('rest', 'key')}
          >
            Open the order
          </Link>
        )}
      </div>
    </article>
  )
}
