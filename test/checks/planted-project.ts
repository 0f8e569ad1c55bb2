import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** Settings that a planted project takes over from this one. */
const settings = ['package.json', '.dependency-cruiser.cjs', '.oxlintrc.json', 'test/checks/pure-plugin.js']

/**
 * Writes `files` (path → text) into a folder of their own under this project's settings, runs a tool there,
 * and removes the folder.
 */
export function runOnPlanted(
  files: Record<string, string>,
  [command = '', ...args]: string[],
): { exitCode: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-planted-'))
  try {
    for (const name of settings) cpSync(join(root, name), join(folder, name))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    })
    return { exitCode: status, output: stdout + stderr }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
