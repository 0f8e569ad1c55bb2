import type { PublicKey } from '#protocol/enrolment.ts'
import type { Failure } from '#domain/failure.ts'
import type { Store } from '../../../src/storage/store.ts'
import type { Storage } from '../../../src/storage/tables.ts'
import type { CallOutcome } from '../../../src/transport/call.ts'
import type { DeviceIdentity } from '../../../src/worker/sync-ports.ts'
import { createSyncLoop } from '../../../src/worker/sync-loop.ts'
import type { SyncServer } from '../../../src/worker/sync-server.ts'
import type { Came, Procedure } from '../network.ts'
import type { Owner } from '../scheduler.ts'
import { keyNamed, signWith } from '../signer.ts'
import type { World } from '../world.ts'
import { type Device, installOf, type Tab } from './device.ts'
import { asOldRelease } from './old-release.ts'

/** The product's own loop, with the run's time, chance, lock and wires. */
export function startSync(
  world: World,
  device: Device,
  owner: Owner,
  store: Store,
  storage: Storage,
): Tab['sync'] {
  const { scheduler, mutant } = world
  const server = serverOf(world, device, owner)
  const loop = createSyncLoop({
    store: {
      ...store,
      loadReadyRun: async (fromSeq) => {
        const ready = await store.loadReadyRun(fromSeq)
        if (ready) world.coverage.count('device: a batch was sent as it was made ready')
        return ready
      },
    },
    server: mutant?.server?.(server, storage) ?? server,
    identity: identityOf(world, store),
    packing: { deflate: async (text) => text, inflate: async (packed) => packed },
    clock: () => scheduler.now() + device.clockOffsetMs,
    events: { emit: () => undefined },
    appVersion: device.release === 1 ? '0.1.0' : '0.2.0',
    // On some devices so few that even a short journal takes several batches.
    ...(device.name.endsWith('2') && { mostABatch: 2 }),
    status: { update: () => undefined },
    chance: () => world.chance().next(),
    timers: { after: (delayMs, run) => scheduler.after(owner, delayMs, run) },
    tryLock: async (work) => {
      if (device.lockHolder !== null) {
        world.coverage.count('device: lock was taken')
        return false
      }
      device.lockHolder = owner
      try {
        await work()
      } finally {
        if (device.lockHolder === owner) device.lockHolder = null
      }
      return true
    },
    onError: (error) => noteError(world, device, error),
  })
  // As the product does when it starts.
  scheduler.soon(owner, () => void loop.wake())
  return { wake: () => scheduler.soon(owner, () => void loop.wake()) }
}

/** Space that runs out and connections that close may end a cycle; anything else is a bug. */
function noteError(world: World, device: Device, error: unknown): void {
  const name = error instanceof Error ? error.name : String(error)
  if (['QuotaExceededError', 'AbortError', 'InvalidStateError'].includes(name))
    return world.coverage.count(`cycle: ended with ${name}`)
  world.fail('cycle', `${device.name}: ${error instanceof Error ? error.stack : String(error)}`)
}

function identityOf(world: World, store: Store): DeviceIdentity {
  const keyOf = async (
    id: 'signing' | 'rejoining',
  ): Promise<{ installId: string; publicKey: PublicKey } | null> => {
    const held = await store.loadIdentity(id)
    return held && { installId: held.installId, publicKey: held.pair.publicKey as unknown as PublicKey }
  }
  return {
    sign: async (text) => {
      const held = await keyOf('signing')
      if (!held) throw new Error('This device has no signing key.')
      return signWith(held.publicKey, text)
    },
    renew: async () => {
      const held = await keyOf('rejoining')
      if (held) return held
      const installId = world.newId()
      const publicKey = keyNamed(installId)
      const pair = { publicKey, privateKey: publicKey } as unknown as CryptoKeyPair
      const kept = await store.keepIdentity({ installId, pair }, 'rejoining')
      return { installId: kept.installId, publicKey: kept.pair.publicKey as unknown as PublicKey }
    },
  }
}

function serverOf(world: World, device: Device, owner: Owner): SyncServer {
  const send = async (procedure: Procedure, request: object): Promise<CallOutcome<unknown>> => {
    const body = JSON.stringify(device.release === 1 ? asOldRelease(procedure, request) : request)
    const installId = installOf(device)?.installId ?? null
    const came = await world.network.send(owner, () => device.line ?? world.line, {
      procedure,
      installId,
      body,
      handedOver: 0,
    })
    return outcomeOf(came)
  }
  return {
    push: async (request) => {
      if ([...device.pushing].some((other) => other !== owner && !other.isDead()))
        world.coverage.count('device: two tabs pushed at once')
      if (device.pushing.has(owner)) world.coverage.count('device: a batch was sent behind another')
      device.pushing.add(owner)
      const outcome = await send('push', request)
      device.pushing.delete(owner)
      return outcome
    },
    pull: (request) => send('pull', request),
    load: (request) => send('load', request),
    rejoin: (request) => send('rejoin', request),
  }
}

function outcomeOf(came: Came): CallOutcome<unknown> {
  if (came.kind === 'answer') return came
  const failure: Failure = { code: came.code, sentence: '', mend: '', dataSafe: true }
  return { kind: came.kind, failure }
}
