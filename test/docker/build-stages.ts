import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { root, run } from '../support/process.js'
import type { Instruction, Stage } from './instructions.js'

/** Where a stage has been built: the folder that is its root, and its working folder in that. */
export interface Built {
  readonly root: string
  readonly workdir: string
}

/** Tells the files of the project that may be copied from those that a .dockerignore of `*` and `!NAME` leaves out. */
const admitted = (ignore: string): ((name: string) => boolean) => {
  const lines = ignore.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  const odd = lines.filter(line => line !== '*' && !/^!\w[\w.-]*$/.test(line))
  if (lines[0] !== '*' || odd.length > 0) throw new Error(`This test can't read .dockerignore: ${odd.join(', ')}`)
  return name => lines.includes(`!${name.split('/', 1)[0] ?? ''}`)
}

/** npm takes what it has fetched before. */
const environment = { npm_config_prefer_offline: 'true', npm_config_update_notifier: 'false' }

/**
 * Does what the stages of a Dockerfile say, each in an empty folder of its own, with files of the project and with Node
 * and npm of this machine.
 */
export const buildStages = async (stages: readonly Stage[], ignore: string, folder: string): Promise<Built[]> => {
  const isAdmitted = admitted(ignore)
  const built: Built[] = []
  const sourceOf = (flags: ReadonlyMap<string, string>, name: string): string => {
    const from = flags.get('from')
    if (from !== undefined) return join(built[stages.findIndex(stage => stage.name === from)]?.root ?? '', name)
    if (!isAdmitted(name)) throw new Error(`COPY ${name}: Dockerfile.dockerignore leaves it out.`)
    return join(root, name)
  }
  for (const [index, { instructions }] of stages.entries()) {
    const here = { root: join(folder, String(index)), workdir: '' }
    mkdirSync(here.root, { recursive: true })
    for (const instruction of instructions) await take(instruction, here, sourceOf)
    built.push(here)
  }
  return built
}

const take = async (
  { word, flags, args, text }: Instruction,
  here: { readonly root: string; workdir: string },
  sourceOf: (flags: ReadonlyMap<string, string>, name: string) => string
): Promise<void> => {
  if (word === 'WORKDIR') {
    here.workdir = join(here.root, text)
    mkdirSync(here.workdir, { recursive: true })
  } else if (word === 'COPY') {
    const [to = '', ...names] = [...args].reverse()
    for (const name of names) copy(sourceOf(flags, name), resolve(here.workdir, to), to.endsWith('/'))
  } else if (word === 'RUN') {
    const running = run('sh', ['-c', text], environment, here.workdir)
    const { code } = await running.ended
    if (code !== 0) throw new Error(`RUN ${text} ended with ${String(code)}:\n${running.printed()}`)
  }
}

/** Copies the content of a folder, or a file, into a folder if that is what it goes to. */
const copy = (from: string, to: string, intoFolder: boolean): void => {
  if (!existsSync(from)) throw new Error(`There is no ${from} to copy.`)
  const goal = intoFolder && !statSync(from).isDirectory() ? join(to, basename(from)) : to
  cpSync(from, goal, { recursive: true })
}
