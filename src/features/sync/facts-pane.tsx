import { Link } from '@tanstack/react-router'
import { formatNumber } from '../../ui/format.ts'
import { useLocale } from '../../ui/locale.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { SyncFacts } from '../../worker/api-device.ts'
import { CopyKey } from './copy-key.tsx'
import { Fact } from './fact.tsx'
import { clockWords, digestWords } from './facts-words.ts'
import { whenWords } from './sent-words.ts'
import { StorageFact } from './storage-fact.tsx'

/** What there is to know about this device, for the person on the phone who helps. */
export function FactsPane({ facts, nowMs }: { facts: SyncFacts; nowMs: number }) {
  const { locale } = useLocale()
  const { journalSeq, ackedSeq, exportedSeq, chain, lastPullAt } = facts
  const compared = digestWords(facts.lastDigest, nowMs, locale)
  return (
    <Pane title="Facts">
      <dl className="grid">
        <Fact name="Journal" note="everything this device ever did, in order">
          {entries(journalSeq, locale)}
        </Fact>
        {chain !== null && (
          <Fact name="Its seal">
            <span className="flex items-start gap-2">
              <bdi className="min-w-0 flex-1 font-mono text-xs leading-5 font-normal break-all">{chain}</bdi>
              <CopyKey text={chain} what="the seal" />
            </span>
          </Fact>
        )}
        <Fact
          name="Arrived"
          note={exportedSeq > 0 ? `copy saved up to ${formatNumber(exportedSeq, locale)}` : undefined}
        >
          {ackedSeq === 0 ? 'nothing yet' : `up to entry ${formatNumber(ackedSeq, locale)}`}
        </Fact>
        <Fact name="To decide">
          <ToDecide facts={facts} />
        </Fact>
        <Fact name="Last news">{lastPullAt === null ? 'never' : whenWords(lastPullAt, nowMs, locale)}</Fact>
        <Fact name="Compared" note={compared.note}>
          {compared.text}
        </Fact>
        <Fact name="Clock">{clockWords(facts.clockAheadMs, locale)}</Fact>
        <StorageFact storage={facts.storage} />
        <Fact name="Version" note={`protocol ${facts.protocol}`}>
          {facts.appVersion}
        </Fact>
      </dl>
    </Pane>
  )
}

function ToDecide({ facts: { openConflicts, openTasks } }: { facts: SyncFacts }) {
  const { locale } = useLocale()
  if (openConflicts + openTasks === 0) return 'nothing'
  const parts = [
    openConflicts > 0 &&
      `${formatNumber(openConflicts, locale)} ${openConflicts === 1 ? 'conflict' : 'conflicts'}`,
    openTasks > 0 && `${formatNumber(openTasks, locale)} ${openTasks === 1 ? 'task' : 'tasks'}`,
  ]
  return <Link to="/inbox">{parts.filter(Boolean).join(', ')}</Link>
}

function entries(count: number, locale: string): string {
  return count === 1 ? '1 entry' : `${formatNumber(count, locale)} entries`
}
