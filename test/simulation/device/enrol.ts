import { scopeOf } from '#protocol/pull.ts'
import { keyNamed } from '../signer.ts'
import type { World } from '../world.ts'
import { installOf } from './device.ts'
import type { Tab } from './device.ts'

/** Makes the profile's identity and enrols it, as the product does, with the answer not lost. */
export async function enrolTab(world: World, tab: Tab, registerId: string | null): Promise<void> {
  const { store } = tab
  if (installOf(tab.device)) return
  const installId = world.newId()
  const publicKey = keyNamed(installId)
  const pair = { publicKey, privateKey: publicKey } as unknown as CryptoKeyPair
  await store.keepIdentity({ installId, pair })
  const answer = await world.server.atOffice((office) => office.enrol(installId, publicKey, registerId))
  const { kind, storeId, epoch, series } = answer
  await store.saveEnrolment({
    install: {
      installId,
      tenantId: 'simulated',
      kind,
      storeId,
      registerId: answer.registerId,
      enrolledAt: 0,
    },
    epoch,
    scopeId: scopeOf(storeId, answer.registerId).id,
    receiptSeries: series,
  })
  tab.sync.wake()
}
