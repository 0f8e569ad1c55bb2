import { useState } from 'react'
import { formatAge } from '../../ui/format.ts'
import { Hatch, Solid } from '../../ui/hatch.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { RegisterHeard } from '../../worker/api-selling.ts'
import type { View } from './use-view.ts'

/** How far each register is in the figures: longest silent first. */
export function RegistersCard({ view, className }: { view: View; className?: string }) {
  const [isWhole, setWhole] = useState(false)
  const { named, freshness } = view
  const behind = new Set(freshness.behind.map((register) => register.registerId))
  const rows = named.registers.toSorted((a, b) => placeOf(a, behind) - placeOf(b, behind) || byAge(a, b))
  // A row that names its store too is as high as a row and a half.
  const mostRows = rows.some((register) => namesStore(register, view)) ? 5 : 7
  const shown = isWhole ? rows : rows.slice(0, rows.length > mostRows ? mostRows - 1 : mostRows)
  const hidden = rows.length - shown.length
  return (
    <Pane
      title={<span id="registers">Registers</span>}
      className={`px-4 pt-3.5 pb-4 ${className ?? ''}`}
      action={
        behind.size > 0 ? (
          <span className="flex items-center gap-1.5 text-sm text-ink-2">
            <Hatch />
            {behind.size} behind
          </span>
        ) : (
          rows.some(({ heardAt }) => heardAt !== null) && (
            <span className="text-sm text-ink-2">All heard</span>
          )
        )
      }
    >
      {rows.length === 0 ? (
        <p className="py-6 text-center text-sm text-ink-2">This store has no register yet.</p>
      ) : (
        <table className="w-full border-collapse text-sm">
          <thead className="text-start text-xs text-ink-3">
            <tr>
              <th scope="col" className="pb-1.5 text-start font-text">
                Register
              </th>
              <th scope="col" className="pb-1.5 ps-3 text-end font-text">
                Heard up to
              </th>
              <th scope="col" className="pb-1.5 ps-3 text-end font-text">
                Age
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((register) => (
              <Row
                key={register.registerId}
                register={register}
                isBehind={behind.has(register.registerId)}
                view={view}
              />
            ))}
          </tbody>
        </table>
      )}
      {hidden > 0 && (
        <button type="button" className="chart-link mt-2" onClick={() => setWhole(true)}>
          and {hidden} more
        </button>
      )}
    </Pane>
  )
}

function Row({ register, isBehind, view }: { register: RegisterHeard; isBehind: boolean; view: View }) {
  const { formats, nowMs } = view
  const { heardAt, isThisDevice, unsentCount } = register
  const ageMs = heardAt === null ? null : Math.max(0, nowMs - heardAt)
  return (
    <tr className="border-t border-rule">
      <th scope="row" className="py-1.5 text-start font-text">
        <span className="flex items-center gap-2">
          <Mark register={register} isBehind={isBehind} />
          <span className={isBehind ? 'font-label' : undefined} dir="auto">
            {register.name}
            {namesStore(register, view) && (
              <small className="block text-xs text-ink-3">{register.storeName}</small>
            )}
          </span>
        </span>
      </th>
      <td className="figure light ps-3 text-end">
        {isThisDevice
          ? 'This device'
          : ageMs === null
            ? 'No device yet'
            : heardWords(heardAt ?? 0, ageMs, view)}
      </td>
      <td className={`figure light ps-3 text-end ${isBehind ? '' : 'text-ink-3'}`}>
        {unsentCount > 0
          ? `${formats.count(unsentCount)} only here`
          : ageMs === null
            ? '–'
            : formatAge(ageMs, { nowMs, locale: formats.locale })}
      </td>
    </tr>
  )
}

/** Neither settled nor on its way: what never had a device has no mark, only its place. */
function Mark({ register, isBehind }: { register: RegisterHeard; isBehind: boolean }) {
  if (isBehind || register.unsentCount > 0) return <Hatch />
  if (register.heardAt === null) return <span className="w-3.5 flex-none" />
  return <Solid />
}

/** "Bar" needs its store beside it, "Harbor Street 2" does not. */
function namesStore({ name, storeName }: RegisterHeard, { named }: View): boolean {
  return named.stores.length > 1 && !name.includes(storeName)
}

function heardWords(at: number, ageMs: number, { formats }: View): string {
  return ageMs < 20 * 3_600_000
    ? formats.time(at)
    : `${formats.day(new Date(at).toISOString().slice(0, 10))}, ${formats.time(at)}`
}

/** Behind first, then this device, then those heard; those without a device last. */
function placeOf(register: RegisterHeard, behind: ReadonlySet<string>): number {
  if (behind.has(register.registerId)) return 0
  if (register.isThisDevice) return 1
  return register.heardAt === null ? 3 : 2
}

function byAge(a: RegisterHeard, b: RegisterHeard): number {
  return (a.heardAt ?? 0) - (b.heardAt ?? 0) || a.name.localeCompare(b.name)
}
