import type { StaffRole } from '#domain/catalogue.ts'
import type { Act } from '../storage/journalling.ts'
import type { Store } from '../storage/store.ts'
import type { Clock } from './dependencies.ts'
import type { Session } from './session.ts'

export type ActDependencies = {
  readonly store: Pick<Store, 'loadSession'>
  readonly clock: Clock
  readonly newId: () => string
}

/** What is done now by the person signed in. */
export async function actNow({ store, clock, newId }: ActDependencies): Promise<Act> {
  const session = await store.loadSession()
  return { opId: newId(), actorId: session?.staffId ?? null, occurredAt: clock() }
}

/**
 * What the person in front of this device may do. An office device was enrolled by the owner, and nobody else has to sign in
 * there; at a register nobody is nobody.
 */
export async function roleHere(
  store: Pick<Store, 'loadInstall'>,
  session: Pick<Session, 'signedIn'>,
): Promise<StaffRole | null> {
  const [install, staff] = await Promise.all([store.loadInstall(), session.signedIn()])
  return staff?.role ?? (install?.kind === 'office' ? 'owner' : null)
}
