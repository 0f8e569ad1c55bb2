import type { Store } from '../storage/store.ts'
import type { ApiClient } from '../transport/api-client.ts'

/** Milliseconds since 1970. */
export type Clock = () => number

/** What the parts of the device's back end are made of. */
export type WorkerDependencies = { readonly store: Store; readonly api: ApiClient; readonly clock: Clock }
