import type { RecordKind } from '#domain/catalogue.ts'
import type { Failure } from '#domain/failure.ts'
import type { RunningDrill } from '../storage/drill.ts'
import type { Topic } from './api-device.ts'

/** What the last exchange with the server showed; told to all tabs, as only one of them syncs at a time. */
export type Contact = {
  readonly isOnline: boolean
  readonly busyUntil: number | null
  readonly isSyncing: boolean
  readonly trouble: Failure | null
}

export type DeviceEvent = {
  readonly topics: readonly Topic[]
  /** Records that changed; 'all' where they are too many to name. */
  readonly recordKeys?: readonly (readonly [RecordKind, string])[] | 'all'
  readonly contact?: Contact
  /** An outage is being rehearsed from now on; null: no more. */
  readonly drill?: RunningDrill | null
}

export type Events = {
  /** Tells listeners in this tab at once, and those in other tabs. */
  emit(event: DeviceEvent): void
  listen(listener: (event: DeviceEvent) => void): void
}

export function createEvents(channel: BroadcastChannel): Events {
  const listeners: ((event: DeviceEvent) => void)[] = []
  const deliver = (event: DeviceEvent): void => {
    for (const listener of listeners) listener(event)
  }
  channel.addEventListener('message', (message: MessageEvent<DeviceEvent>) => deliver(message.data))
  return {
    emit: (event) => {
      deliver(event)
      channel.postMessage(event)
    },
    listen: (listener) => {
      listeners.push(listener)
    },
  }
}
