import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { setTimeout } from 'node:timers/promises'
import { follow, type Following } from '../../scripts/dev/follow.js'

let folder: string
let following: Following
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'follow-'))
})
afterEach(() => {
  following.stop()
  rmSync(folder, { recursive: true })
})

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await setTimeout(5)
}

test('a file that is saved while it is being read is read again', async () => {
  const file = join(folder, 'openapi.yaml')
  writeFileSync(file, '0')
  const seen: string[] = []
  following = follow(file, async () => {
    const text = readFileSync(file, 'utf8')
    if (Number(text) < 5) writeFileSync(file, String(Number(text) + 1)) // once it is too late for this call to see it
    await setTimeout(Number(text) * 10)
    seen.push(text)
  })
  await until(() => seen.includes('5'))
})

test('calls never overlap, and a save during one leads to another', async () => {
  const file = join(folder, 'openapi.yaml')
  writeFileSync(file, '')
  let calls = 0
  let under = 0
  let most = 0
  let release = (): void => undefined
  following = follow(file, async () => {
    calls += 1
    under += 1
    most = Math.max(most, under)
    if (calls === 1) await new Promise<void>(resolve => (release = resolve))
    under -= 1
  })
  let others = 0
  const other = follow(file, () => {
    others += 1
    return Promise.resolve()
  })
  writeFileSync(file, 'saved')
  await until(() => others >= 2) // the save has been told
  other.stop()
  expect(calls).toBe(1)
  release()
  await until(() => calls >= 2)
  expect(most).toBe(1)
})

test('a file that another is put in the place of is seen, and so is what is saved to it afterwards', async () => {
  mkdirSync(join(folder, 'src/operations'), { recursive: true })
  const file = join(folder, 'src/operations/login.ts')
  writeFileSync(file, 'first')
  let seen = ''
  following = follow(join(folder, 'src'), () => {
    seen = readFileSync(file, 'utf8')
    return Promise.resolve()
  })
  for (const text of ['second', 'third']) {
    writeFileSync(join(folder, 'new'), text)
    renameSync(join(folder, 'new'), file)
    await until(() => seen === text)
    writeFileSync(file, `${text}, edited`)
    await until(() => seen === `${text}, edited`)
  }
})

test('folders that come later are seen, also when they were there before', async () => {
  mkdirSync(join(folder, 'src'))
  const file = join(folder, 'src/stores/notes.ts')
  let seen: string | undefined
  following = follow(join(folder, 'src'), () => {
    seen = readFileSync(file, { encoding: 'utf8' })
    return Promise.resolve()
  })
  for (const text of ['first', 'second']) {
    mkdirSync(join(folder, 'src/stores'))
    writeFileSync(file, text)
    await until(() => seen === text)
    writeFileSync(file, `${text}, edited`)
    await until(() => seen === `${text}, edited`)
    rmSync(join(folder, 'src'), { recursive: true })
    mkdirSync(join(folder, 'src'))
  }
})

test('files that a call finds are followed from then on, also what is saved to them during that call', async () => {
  const [file, other] = [join(folder, 'openapi.yaml'), join(folder, 'schemas/pet.yaml')]
  writeFileSync(file, '')
  mkdirSync(join(folder, 'schemas'))
  writeFileSync(other, 'first')
  const seen: string[] = []
  following = follow(
    file,
    () => {
      seen.push(readFileSync(other, 'utf8'))
      if (seen.length === 1) writeFileSync(other, 'second')
      return Promise.resolve()
    },
    undefined,
    () => [other]
  )
  await until(() => seen.includes('second'))
  writeFileSync(other, 'third')
  await until(() => seen.includes('third'))
})
