import type { Author, Conflict, RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import { failed, success } from '#domain/failure.ts'
import { mayEdit, mayFinishTask } from '#domain/permissions.ts'
import { settlementEdit } from '#sync/settle-conflict.ts'
import type { Store } from '../storage/store.ts'
import { actNow, type ActDependencies, roleHere } from './act.ts'
import { topicsOf } from './announce-changes.ts'
import type { ConflictCard, TaskCard } from './api-editing.ts'
import type { DeviceApi } from './api.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import { type NameOf, wordConflict } from './conflict-words.ts'
import type { Events } from './events.ts'
import type { Session } from './session.ts'
import { unlessFull } from './unless-full.ts'

const SHOWN_SETTLED_MS = 30 * 24 * 60 * 60 * 1000

export type InboxDependencies = ActDependencies & {
  readonly store: Pick<Store, 'loadSession' | 'loadInstall' | 'settleConflict' | 'finishTask'>
  readonly catalogue: Pick<ResidentCatalogue, 'find' | 'list' | 'versionOf'>
  readonly session: Pick<Session, 'signedIn'>
  readonly events: Pick<Events, 'emit'>
  readonly wakeSync: () => void
}

export type Inbox = Pick<DeviceApi, 'conflicts' | 'settleConflict' | 'tasks' | 'finishTask'>

/** What a person has to look at: values that met unseen ones, and what was taken in with a flag. */
export function createInbox(dependencies: InboxDependencies): Inbox {
  return {
    conflicts: () => listConflicts(dependencies),
    settleConflict: (conflictId, keep) => settleConflict(dependencies, conflictId, keep),
    tasks: () => listTasks(dependencies),
    finishTask: (taskId) => finishTask(dependencies, taskId),
  }
}

async function listConflicts(dependencies: InboxDependencies): Promise<ConflictCard[]> {
  const { store, catalogue, session, clock } = dependencies
  const [all, role, stores, install, nameOf] = await Promise.all([
    catalogue.list('conflict'),
    roleHere(store, session),
    catalogue.list('store'),
    store.loadInstall(),
    namesOf(catalogue),
  ])
  const place = stores.find(({ storeId }) => storeId === install?.storeId) ?? stores[0]
  const { code, exponent } = place?.pricing.currency ?? noCurrency
  const shown = all.filter((each) => isShown(each.state === 'open', each.settledBy, each.raisedAt, clock()))
  return Promise.all(
    shown.toSorted(newestFirst).map(async (conflict) => {
      const record = await catalogue.find(conflict.recordKind, conflict.recordId)
      return {
        ...conflict,
        ...wordConflict(conflict, record, nameOf),
        mineByName: authorName(conflict.mineBy, nameOf),
        theirsByName: authorName(conflict.theirsBy, nameOf),
        settledByName: authorName(conflict.settledBy, nameOf),
        currency: { code, exponent },
        canSettle: mayEdit(conflict.recordKind, role),
      }
    }),
  )
}

async function settleConflict(
  dependencies: InboxDependencies,
  conflictId: string,
  keep: NonNullable<Conflict['kept']>,
) {
  const { store, catalogue, session, events, wakeSync } = dependencies
  const conflict = await catalogue.find('conflict', conflictId)
  if (conflict === null) return settledAlready
  // A tap on what is kept already asks for nothing.
  if (conflict.kept === keep) return success(null)
  const { recordKind: kind, recordId: id } = conflict
  if (!mayEdit(kind, await roleHere(store, session))) return notPermitted
  const [doc, v] = await Promise.all([catalogue.find(kind, id), catalogue.versionOf(kind, id)])
  const edit = settlementEdit(conflict, keep, doc && { doc, v })
  return unlessFull(async () => {
    const isSettled = await store.settleConflict(await actNow(dependencies), {
      ...{ conflictId, keep, edit },
      seen: conflict.kept,
    })
    const recordKeys: [RecordKind, string][] = [
      ['conflict', conflictId],
      [kind, id],
    ]
    events.emit({ topics: ['inbox', 'status', ...topicsOf(kind)], recordKeys })
    wakeSync()
    return isSettled ? success(null) : settledAlready
  })
}

async function listTasks({ catalogue, clock }: InboxDependencies): Promise<TaskCard[]> {
  const [all, nameOf] = await Promise.all([catalogue.list('task'), namesOf(catalogue)])
  const nameOrNull = (kind: RecordKind, id: string | null) => (id === null ? null : nameOf(kind, id))
  return all
    .filter((each) => isShown(each.state === 'open', each.doneBy, each.raisedAt, clock()))
    .toSorted(newestFirst)
    .map((task) => ({
      ...task,
      productName: nameOrNull('product', task.productId),
      registerName: nameOrNull('register', task.registerId),
      storeName: nameOrNull('store', task.storeId),
      doneByName: authorName(task.doneBy, nameOf),
    }))
}

async function finishTask(dependencies: InboxDependencies, taskId: string) {
  const { store, session, events, wakeSync } = dependencies
  if (!mayFinishTask(await roleHere(store, session))) return notPermitted
  return unlessFull(async () => {
    const isDone = await store.finishTask(await actNow(dependencies), taskId)
    events.emit({ topics: ['inbox', 'status'], recordKeys: [['task', taskId]] })
    wakeSync()
    return isDone ? success(null) : settledAlready
  })
}

function isShown(isOpen: boolean, closedBy: Author | null, raisedAt: number, now: number): boolean {
  return isOpen || now - Math.max(closedBy?.at ?? 0, raisedAt) < SHOWN_SETTLED_MS
}

function newestFirst(one: { readonly raisedAt: number }, other: { readonly raisedAt: number }): number {
  return other.raisedAt - one.raisedAt
}

async function namesOf(catalogue: Pick<ResidentCatalogue, 'list'>): Promise<NameOf> {
  const named = ['staff', 'product', 'category', 'tax-class', 'modifier-set', 'store', 'register'] as const
  const names = new Map<string, string>()
  for (const kind of named)
    for (const doc of await catalogue.list(kind)) names.set(`${kind} ${idOf(kind, doc)}`, doc.name)
  return (kind, id) => names.get(`${kind} ${id}`) ?? null
}

const idFields = {
  staff: 'staffId',
  product: 'productId',
  category: 'categoryId',
  'tax-class': 'taxClassId',
  'modifier-set': 'modifierSetId',
  store: 'storeId',
  register: 'registerId',
} as const

function idOf<Kind extends keyof typeof idFields>(kind: Kind, doc: RecordDocuments[Kind]): string {
  return (doc as unknown as Record<string, string>)[idFields[kind]] ?? ''
}

/** Nobody signs in by PIN at the office: its devices edit under the owner's account. */
function authorName(author: Author | null, nameOf: NameOf): string | null {
  if (author === null) return null
  if (author.actorId !== null) return nameOf('staff', author.actorId)
  return author.installId === null ? null : 'the office'
}

/** ISO 4217's code for "no currency": until the first store has been loaded. */
const noCurrency = { code: 'XXX', exponent: 2 } as const

const settledAlready = failed(
  'inbox/settled',
  'Somebody has settled this already.',
  'Look at it in the list.',
)

const notPermitted = failed(
  'inbox/not-permitted',
  'This needs more rights than yours.',
  'Ask a manager to do it.',
)
