import { execFile } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')
const parts = [
  'server',
  'src',
  'public',
  'dist',
  'index.html',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
]

/** A copy of the project that can be given another version and be built again, while this one stays as it is. */
export type ProjectCopy = {
  readonly folder: string
  /** As in package.json. */
  version(): Promise<string>
  buildAs(version: string): Promise<void>
  remove(): Promise<void>
}

export async function copyProject(): Promise<ProjectCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-copy-'))
  await chmod(folder, 0o711)
  for (const part of parts) await cp(join(root, part), join(folder, part), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const packageFile = join(folder, 'package.json')
  const readPackage = async () => JSON.parse(await readFile(packageFile, 'utf8')) as { version: string }
  return {
    folder,
    version: async () => (await readPackage()).version,
    async buildAs(version) {
      await writeFile(packageFile, JSON.stringify({ ...(await readPackage()), version }, null, 2))
      const vite = join(root, 'node_modules/vite/bin/vite.js')
      await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: folder })
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
