import type { Result } from '#domain/failure.ts'
import type { DeviceApi } from '../../worker/api.ts'
import type { DeviceState } from '../../worker/api-device.ts'

/**
 * *Online.* Redeems a code. A browser that opens the dashboards has nothing of its own to lose, so it gives that enrolment
 * up first; where the code then fails, it takes it again.
 */
export async function becomeRegister(
  device: Pick<DeviceApi, 'device' | 'forget' | 'enrol' | 'enrolAsOffice'>,
  code: string,
): Promise<Result<DeviceState>> {
  const { kind } = await device.device()
  if (kind === 'office') {
    const forgotten = await device.forget()
    if (!forgotten.ok) return forgotten
  }
  const enrolled = await device.enrol(code)
  if (!enrolled.ok && kind === 'office') await device.enrolAsOffice()
  return enrolled
}
