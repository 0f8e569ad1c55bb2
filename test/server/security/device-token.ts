import type { Result } from '#domain/failure.ts'
import { valueOf, type Answer, type Served } from '../served.ts'
import type { VirtualRegister } from '../virtual-shop.ts'

/** Proves the key of `signer` for the install `claimed`. */
export async function proveKey(
  served: Served,
  signer: VirtualRegister,
  { claimed = signer.installId, nonce = null as string | null } = {},
): Promise<Answer<Result<{ token: string }>>> {
  const asked = await served.mutate<{ nonce: string }>('device.challenge', { installId: claimed })
  const given = nonce ?? asked.value.nonce
  const signature = await signer.sign(`evertill-token:${given}`)
  return served.mutate('device.token', { installId: claimed, nonce: given, signature })
}

export async function deviceToken(served: Served, register: VirtualRegister): Promise<string> {
  return valueOf(await proveKey(served, register)).token
}
