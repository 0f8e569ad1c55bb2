import { loadRequest, pullRequest } from '#protocol/pull.ts'
import { type RejoinRequest, rejoinRequest } from '#protocol/proof.ts'
import { pushRequest, pushRequestV1 } from '#protocol/push.ts'
import { acceptOperations } from '../../../server/use-cases/accept-operations.ts'
import { loadPage, pullChanges } from '../../../server/use-cases/read-changes.ts'
import type { InstallState } from '../../../server/use-cases/ports.ts'
import type { Came, Request } from '../network.ts'
import { plainPacking } from '../signer.ts'
import { TENANT_ID } from './known-rows.ts'
import type { ServerParts } from './server-parts.ts'

/** What the routes do: parse, admit, call one use case, and put the answer into text. */
export async function answer(parts: ServerParts, request: Request): Promise<string> {
  return JSON.stringify(await cameOf(parts, request))
}

async function cameOf(parts: ServerParts, { procedure, installId, body }: Request): Promise<Came> {
  const input: unknown = JSON.parse(body)
  const { changes, clock } = parts
  const reading = { changes, clock, packing: plainPacking }
  switch (procedure) {
    case 'push': {
      const read = pushRequest.safeParse(input)
      const old = read.success ? null : pushRequestV1.safeParse(input)
      const push = read.success ? read.data : old?.success ? old.data : null
      if (push === null) return badRequest
      const { ingest, verify } = parts
      const ports = { store: ingest, packing: plainPacking, verify, clock }
      return { kind: 'answer', value: await acceptOperations(ports, push) }
    }
    case 'pull': {
      const read = pullRequest.safeParse(input)
      if (!read.success) return badRequest
      return admitted(parts, installId, (install) => pullChanges(reading, install, read.data))
    }
    case 'load': {
      const read = loadRequest.safeParse(input)
      if (!read.success) return badRequest
      return admitted(parts, installId, (install) => loadPage(reading, install, read.data))
    }
    case 'rejoin': {
      const read = rejoinRequest.safeParse(input)
      if (!read.success) return badRequest
      return { kind: 'answer', value: await rejoin(parts, read.data) }
    }
  }
}

/** Reading needs the token of an install that is known and not revoked. */
async function admitted(
  { ingest }: ServerParts,
  installId: string | null,
  work: (install: InstallState) => Promise<unknown>,
): Promise<Came> {
  const install = installId === null ? null : await ingest.findInstall(installId)
  if (!install) return { kind: 'unauthorised', code: 'session/none' }
  if (install.isRevoked) return { kind: 'failure', code: 'device/revoked' }
  return { kind: 'answer', value: await work(install) }
}

const badRequest: Came = { kind: 'failure', code: 'request/refused' }

async function rejoin({ ingest, office, verify }: ServerParts, request: RejoinRequest): Promise<object> {
  const old = await ingest.findInstall(request.installId)
  const { x, y } = request.publicKey
  const message = `evertill-rejoin:${request.newInstallId}:${x}.${y}`
  const isSigned = old !== null && (await verify(old.publicKey, message, request.signature))
  const enrolled = isSigned ? await office.rejoin(request) : null
  if (!enrolled) return { ok: false, failure: { code: 'device/refused' } }
  const { epoch, kind, storeId, registerId, series } = enrolled
  return {
    ok: true,
    value: { tenantId: TENANT_ID, epoch, kind, storeId, registerId, receiptSeries: series },
  }
}
