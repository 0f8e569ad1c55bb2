import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Key } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import type { SyncFacts } from '../../worker/api-device.ts'
import { byteText } from './byte-text.ts'
import { Fact } from './fact.tsx'

/** How much lies here, and whether the browser may clear it; only a page may ask it not to. */
export function StorageFact({ storage }: { storage: SyncFacts['storage'] }) {
  const { locale } = useLocale()
  const queries = useQueryClient()
  const [wasRefused, setRefused] = useState(false)
  const { usedBytes, quotaBytes, isPersisted } = storage
  const keep = async () => {
    setRefused(!(await navigator.storage.persist()))
    await queries.invalidateQueries({ queryKey: ['status'] })
  }
  const room = quotaBytes === null ? '' : ` of ${byteText(quotaBytes, locale)}`
  const used = usedBytes === null ? undefined : `${byteText(usedBytes, locale)}${room} used`
  if (isPersisted !== false)
    return (
      <Fact name="Storage" note={used}>
        {isPersisted ? 'Kept until you remove it' : 'As the browser decides'}
      </Fact>
    )
  return (
    <Fact
      name="Storage"
      note={
        wasRefused ? 'The browser refused. Install Evertill from its menu: installed apps are kept.' : used
      }
    >
      <span className="flex flex-wrap items-center justify-between gap-2">
        The browser may clear it
        <Key size="small" onPress={() => void keep()}>
          Keep it
        </Key>
      </span>
    </Fact>
  )
}
