import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, Download, RefreshCw, ShieldAlert, ShieldCheck } from 'lucide-react'
import type { Result } from '#domain/failure.ts'
import { answered, NOT_READ } from '../../app/deed.ts'
import { device } from '../../app/device.ts'
import { OfficeFrame } from '../../app/office-frame.tsx'
import { Badge } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { formatDate, formatNumber, formatTime } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { LongList } from '../../ui/long-list.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import type { JournalProof } from '#protocol/devices.ts'
import { brokenWords } from './broken-words.ts'
import { NotListed } from './not-listed.tsx'

/** *Online.* The owner's proof: per device, that operations 1 … n are held and nothing was changed. */
export function JournalsScreen() {
  const checking = useQuery<Result<readonly JournalProof[]>>({
    queryKey: ['journals'],
    queryFn: () => answered(() => device.verifyJournals(), NOT_READ),
    staleTime: 0,
    gcTime: 0,
  })
  const isListed = checking.data?.ok === true
  return (
    <OfficeFrame
      title="Journals"
      actions={
        isListed && (
          <>
            <Key
              busy={checking.isFetching}
              icon={<Icon of={RefreshCw} />}
              onPress={() => void checking.refetch()}
            >
              Check again
            </Key>
            <a href="/audit/journals.jsonl" download className={keyClass('rest')}>
              <Icon of={Download} />
              Audit file
            </a>
          </>
        )
      }
    >
      <Link to="/registers" className={classNames(keyClass('flat'), '-ms-4 mb-2')}>
        <Icon of={ArrowLeft} size={20} className="rtl:-scale-x-100" />
        Registers
      </Link>
      <div className="grid max-w-[64rem] gap-4">
        <p className="text-ink-2">
          Each device writes every sale into a journal of its own, numbered without gaps, each entry sealed by
          the one after it and signed by the device.
          {isListed && !checking.isFetching && ' This page has just read all of it again.'}
        </p>
        {checking.data === undefined ? (
          <section className="pane">
            <LoadingState />
          </section>
        ) : checking.data.ok ? (
          <Proofs proofs={checking.data.value} />
        ) : (
          <section className="pane">
            <NotListed
              failure={checking.data.failure}
              next="/registers/journals"
              isTrying={checking.isFetching}
              onRetry={() => void checking.refetch()}
            />
          </section>
        )}
      </div>
    </OfficeFrame>
  )
}

function Proofs({ proofs }: { proofs: readonly JournalProof[] }) {
  const { locale } = useLocale()
  const written = proofs.filter(({ heldSeq, isIntact }) => heldSeq > 0 || !isIntact)
  const bad = written.filter(({ isIntact }) => !isIntact).length
  if (written.length === 0)
    return (
      <section className="pane">
        <EmptyState
          icon={<Icon of={ShieldCheck} size={24} />}
          title="No device has written anything yet"
          text="Imported sales have no journal: they were made elsewhere."
        />
      </section>
    )
  return (
    <>
      <section
        className={
          bad === 0
            ? 'flex items-center gap-3 rounded-pane border border-accent bg-accent-soft p-4'
            : 'flex items-center gap-3 rounded-pane border border-critical bg-critical-soft p-4'
        }
      >
        <Icon
          of={bad === 0 ? ShieldCheck : ShieldAlert}
          size={24}
          className={bad === 0 ? 'text-accent' : 'text-critical'}
        />
        <p className="min-w-0">
          <b className="font-label">
            {bad === 0
              ? 'Every journal is complete and unchanged.'
              : notIntactWords(bad, written.length, locale)}
          </b>
          {bad > 0 && (
            <span className="block">
              Selling goes on. Save the audit file now, and show it to the person who runs Evertill before
              anything is changed.
            </span>
          )}
        </p>
      </section>
      <LongList rows={written} rowKey={({ installId }) => installId} rowPx={168} className="grid gap-3">
        {(proof) => <ProofRow proof={proof} />}
      </LongList>
    </>
  )
}

function notIntactWords(bad: number, all: number, locale: string): string {
  if (all === 1) return 'The only journal is not as its device wrote it.'
  const share = `${formatNumber(bad, locale)} of ${formatNumber(all, locale)} journals`
  return bad === 1
    ? `${share} is not as its device wrote it.`
    : `${share} are not as their devices wrote them.`
}

function ProofRow({ proof }: { proof: JournalProof }) {
  const { locale } = useLocale()
  const { heldSeq, broken, isIntact, parkedCount, signedSeq, chain, checkedAt } = proof
  return (
    <li className="pane pane-body grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="flex-1">
          {proof.registerName}
          {proof.storeName && <span className="font-normal text-ink-2">, {proof.storeName}</span>}
        </h2>
        <Badge tone={isIntact ? 'ok' : 'critical'}>{isIntact ? 'Chain intact' : 'Not intact'}</Badge>
      </div>
      <p>
        {broken
          ? brokenWords(broken, locale)
          : `Operations 1 … ${formatNumber(heldSeq, locale)} held, chain intact.`}
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
        <dt className="text-ink-2 max-tablet:col-span-2">Head</dt>
        <dd className="font-mono text-xs leading-5 break-all max-tablet:col-span-2">{chain}</dd>
        <dt className="text-ink-2">Signed by the device</dt>
        <dd>{signedSeq === heldSeq ? 'all of it' : `up to ${formatNumber(signedSeq, locale)}`}</dd>
        {parkedCount > 0 && (
          <>
            <dt className="text-ink-2">Kept, not understood yet</dt>
            <dd>{formatNumber(parkedCount, locale)}</dd>
          </>
        )}
        <dt className="text-ink-2">Checked</dt>
        <dd>
          <bdi>
            {formatDate(checkedAt, locale, 'day')}, {formatTime(checkedAt, locale)}
          </bdi>
        </dd>
      </dl>
    </li>
  )
}
