import { type EditableKind, editableKinds, type Staff, type StaffRole } from '#domain/catalogue.ts'
import { failed, success } from '#domain/failure.ts'
import { mayEdit, mayGrant } from '#domain/permissions.ts'
import { diffRecord } from '#sync/diff-record.ts'
import type { RecordEdit } from '#sync/edit.ts'
import type { Store } from '../storage/store.ts'
import { actNow, type ActDependencies, roleHere } from './act.ts'
import { topicsOf } from './announce-changes.ts'
import type { DeviceApi } from './api.ts'
import type { RecordDraft } from './api-editing.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import type { Events } from './events.ts'
import { hashPin } from './pin.ts'
import type { Session } from './session.ts'
import { unlessFull } from './unless-full.ts'
import { type RecordChange, validateRecord } from './validate-record.ts'
import { withWholeCharacters } from './whole-characters.ts'

export type EditingDependencies = ActDependencies & {
  readonly store: Pick<Store, 'loadSession' | 'loadInstall' | 'commitEdit'>
  readonly catalogue: Pick<ResidentCatalogue, 'find' | 'list' | 'versionOf'>
  readonly session: Pick<Session, 'signedIn'>
  readonly events: Pick<Events, 'emit'>
  readonly wakeSync: () => void
}

export type Editing = Pick<DeviceApi, 'openRecord' | 'records' | 'saveRecord' | 'hashPin' | 'editableHere'>

/** [R2] Edits of everything that people may edit, journalled on this device and merged by the server. */
export function createEditing(dependencies: EditingDependencies): Editing {
  const { store, catalogue, session } = dependencies
  return {
    openRecord: async (kind, id) => {
      const [doc, v] = await Promise.all([catalogue.find(kind, id), catalogue.versionOf(kind, id)])
      return doc && { doc, v }
    },
    records: (kind) => catalogue.list(kind),
    saveRecord: (draft) => saveRecord(dependencies, draft as unknown as RecordDraft<EditableKind>),
    hashPin,
    editableHere: async () => {
      const role = await roleHere(store, session)
      return editableKinds.filter((kind) => mayEdit(kind, role))
    },
  }
}

async function saveRecord(dependencies: EditingDependencies, draft: RecordDraft<EditableKind>) {
  const { store, catalogue, session, events, wakeSync } = dependencies
  const { kind, id, opened } = draft
  const change: RecordChange = {
    kind,
    id,
    before: opened?.doc ?? null,
    after: draft.doc && withWholeCharacters(draft.doc),
  }
  if (!isPermitted(change, await roleHere(store, session))) return notPermitted
  const failure = await validateRecord(change, catalogue)
  if (failure !== null) return { ok: false, failure } as const
  const edit = editOf(change, opened?.v ?? 0)
  if (edit === null) return success(null)
  return unlessFull(async () => {
    await store.commitEdit(await actNow(dependencies), edit)
    events.emit({ topics: [...topicsOf(kind), 'status'], recordKeys: [[kind, id]] })
    wakeSync()
    return success(null)
  })
}

/** Null where nothing differs. */
function editOf({ kind, id, before, after }: RecordChange, baseV: number): RecordEdit | null {
  const fields = diffRecord(kind, before, after)
  if (Object.keys(fields).length === 0) return null
  const action = after === null ? 'delete' : before === null ? 'create' : 'change'
  return { kind, id, action, baseV, fields }
}

/** The server decides by the same rules. */
function isPermitted({ kind, before, after }: RecordChange, role: StaffRole | null): boolean {
  if (!mayEdit(kind, role)) return false
  if (kind !== 'staff') return true
  return [before, after].every((doc) => doc === null || mayGrant(role, (doc as Staff).role))
}

const notPermitted = failed(
  'edit/not-permitted',
  'This needs more rights than yours.',
  'Ask a manager to do it.',
)
