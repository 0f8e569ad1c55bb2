import { GraduationCap } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { success } from '#domain/failure.ts'
import { device } from '../../app/device.ts'
import { drillWords } from '../../app/till/drill-words.ts'
import { useDrillEnd } from '../../app/till/use-drill-end.ts'
import { DeedNote, useDeed } from '../../app/use-deed.tsx'
import { formatDate, formatTime } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { DrillReport, SyncFacts } from '../../worker/api-device.ts'
import { CheckList } from './readiness-pane.tsx'

/** An outage on purpose, on a quiet afternoon, so that nobody meets the first one on a Saturday. */
export function DrillPane({ facts }: { facts: SyncFacts }) {
  const { drill, isDrill, lastDrill } = facts
  const { locale } = useLocale()
  const { isEnding } = useDrillEnd()
  const { isBusy, failure, run } = useDeed()
  const wasStartedHere = useRef(false)
  const note = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    // The key that was pressed has given way to this.
    if (isDrill && wasStartedHere.current) note.current?.focus({ preventScroll: true })
    wasStartedHere.current = false
  }, [isDrill])
  const start = async () => {
    wasStartedHere.current = true
    await run(async () => success(await device.startDrill()))
  }
  return (
    <Pane title="Practice an outage">
      <div className="grid justify-items-start gap-3">
        <p className="text-ink-2">
          For up to 30 minutes this device behaves as if the network were gone. Sell, park, restart the
          tablet: everything works. Then end it and see that every sale arrives.
        </p>
        {isDrill ? (
          <p ref={note} role="status" tabIndex={-1}>
            It is on{drill && ` and ends by itself at ${formatTime(drill.endsAt, locale)}`}. Real customers
            can be served meanwhile.
          </p>
        ) : (
          <Key busy={isBusy || isEnding} icon={<Icon of={GraduationCap} />} onPress={() => void start()}>
            Start a practice outage
          </Key>
        )}
        <DeedNote failure={failure} />
        {isEnding && <p role="status">Connected again. What was sold is on its way, a minute at most.</p>}
        {lastDrill && !isDrill && !isEnding && <Report report={lastDrill} />}
      </div>
    </Pane>
  )
}

function Report({ report }: { report: DrillReport }) {
  const { locale } = useLocale()
  const { startedAt, endedAt, checks } = report
  return (
    <section className="w-full border-t border-rule pt-3" aria-label="Last practice">
      <h3 className="text-sm text-ink-2">
        <bdi>
          {formatDate(startedAt, locale, 'day')}, {formatTime(startedAt, locale)} to{' '}
          {formatTime(endedAt, locale)}
        </bdi>
      </h3>
      <p className="font-label">{drillWords(report)}</p>
      <CheckList checks={checks.filter(({ key, state }) => key === 'journal' || state !== 'ok')} />
    </section>
  )
}
