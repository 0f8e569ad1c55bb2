import { spawn } from 'node:child_process'
import { delimiter, resolve } from 'node:path'

export interface CommandResult {
  isOk: boolean
  /** Both streams, in the order in which they came. */
  output: string
}

const root = resolve(import.meta.dirname, '../..')

/** The project's own tools and its own Node come first, also when this was not started by npm. */
const path = `${resolve(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`

/** Runs one command in the project's folder; a command that cannot start is a failed one. */
export function runCommand([command = '', ...args]: string[]): Promise<CommandResult> {
  return new Promise((done) => {
    let output = ''
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    const keep = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => done({ isOk: false, output: `${output}${error.message}\n` }))
    child.on('close', (code) => done({ isOk: code === 0, output }))
  })
}

/** Runs commands at most `width` at a time and returns their results in the order given. */
export async function runCommands(commands: string[][], width: number): Promise<CommandResult[]> {
  const results: CommandResult[] = []
  const queue = [...commands.entries()]
  const takeNext = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, command] = next
      results[index] = await runCommand(command)
    }
  }
  await Promise.all(Array.from({ length: width }, takeNext))
  return results
}
