import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@jest/globals'
import type { ProjectCopy } from './project-copy.js'
import { isInstalled } from '../support/installed.js'
import { root, type Running } from '../support/process.js'

/** A step of the README's "Edit the contract", or of those that follow in `scripts/dev/`: what a block says to do or to see. */
export interface Step {
  readonly kind: 'diff' | 'text' | 'sh-session' | 'ts'
  readonly content: string
}

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const section =
  readme.slice(readme.indexOf('## Edit the contract'), readme.indexOf('## Start your own API')) +
  readFileSync(join(root, 'scripts/dev/README.md'), 'utf8')

/** The steps of a text, in their order. */
export const stepsOf = (text: string): readonly Step[] =>
  [...text.matchAll(/^```(\S+)\n([^]*?)^```$/gm)].map(([, kind = '', content = '']) => ({ kind, content }) as Step)

/** All of them, in their order. */
export const steps = stepsOf(section)

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

// The README tells the lines of the contract as it comes; whoever edits it needn't edit the README, too.
const withoutLines = (text: string): string => text.replaceAll(/(openapi\.yaml:)\d+/g, '$1LINE')
const printing = (output: string): RegExp =>
  new RegExp(escape(withoutLines(output)).replaceAll('LINE', String.raw`\d+`))

/** Makes the edit of a diff in the file that has its lines. Fails if none has. */
export const applyDiff = (copy: Pick<ProjectCopy, 'read' | 'edit'>, diff: string): void => {
  const lines = diff.replace(/\n$/, '').split('\n')
  const side = (dropped: string): string =>
    lines
      .filter(line => !line.startsWith(dropped))
      .map(line => `${line.slice(1)}\n`)
      .join('')
  const file = ['openapi.yaml', 'src/operations/index.ts'].find(name => copy.read(name).includes(side('+')))
  if (file === undefined) throw new Error(`nothing in the project is like this:\n${side('+')}`)
  copy.edit(file, side('+'), side('-'))
}

/**
 * Does the steps in a copy of the project that `dev`, its `npm run dev`, serves on `port`. Fails if one doesn't do what
 * it says.
 *
 * @returns the port on which the server listens now
 */
export const performSteps = async (copy: ProjectCopy, dev: Running, port: string): Promise<string> => {
  const hasCurl = isInstalled('curl', "what the README's edits are answered")
  let listening = port
  let read = 0 // how much of what `npm run dev` prints has been seen before the last edit
  const perform: Record<Step['kind'], (content: string) => Promise<void>> = {
    diff: diff => {
      read = dev.printed().length
      applyDiff(copy, diff)
      return Promise.resolve()
    },
    ts: code => {
      const [, file = ''] = /^\/\/ (\S+)\n/.exec(code) ?? []
      copy.write(file, code)
      return Promise.resolve()
    },
    text: async output => {
      await dev.until(printing(output.trimEnd()), read)
      const restarted = output.startsWith('src has changed')
      if (!restarted) return
      ;[, listening = ''] = await dev.until(/Listening on http:\/\/\S+:(\d+)\n/, read)
    },
    'sh-session': async session => {
      if (!hasCurl) return
      for (const part of session.split(/^\$ /m).filter(one => one !== '')) {
        const [command = '', ...output] = part.split('\n')
        const here = command.replaceAll('127.0.0.1:8000', `127.0.0.1:${listening}`)
        const { stdout } = await promisify(execFile)('sh', ['-c', here])
        expect(withoutLines(stdout.replaceAll('\r', ''))).toBe(withoutLines(output.join('\n')))
      }
    }
  }
  for (const { kind, content } of steps) await perform[kind](content)
  return listening
}
