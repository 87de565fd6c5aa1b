import { randomBytes, randomUUID } from 'node:crypto'
import { link, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ConfigError } from '../config.js'

const isWindows = process.platform === 'win32' // its files have no modes, and its directories can't be synced
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

const read = async (file: string): Promise<string> => {
  const handle = await open(file)
  try {
    if (!isWindows && ((await handle.stat()).mode & 0o077) !== 0) {
      throw new ConfigError(
        `${file} holds the secret that tokens are signed with, and others than its owner may read or write it: ` +
          `run \`chmod 600 ${file}\`, or remove it if they may have read it, and one is made anew.`
      )
    }
    return (await handle.readFile('utf8')).trim() // editors end a file with a line break
  } finally {
    await handle.close()
  }
}

const write = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Puts a new secret where none is: whole, on disk, and without a moment in which another process could do the same. */
const make = async (file: string): Promise<void> => {
  const temporary = `${file}.${randomUUID()}`
  try {
    await write(temporary, randomBytes(32).toString('base64url'))
    await link(temporary, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
  } finally {
    await rm(temporary, { force: true })
  }
  if (isWindows) return
  const directory = await open(dirname(file))
  await directory.sync().finally(() => directory.close())
}

/**
 * The secret of a file: 32 random bytes in base64url, made at the first call. All processes on a machine get the same,
 * however many begin at once.
 *
 * @throws {ConfigError} if it can't be made or read, or if others than the owner may read it
 */
export const secretOfFile = async (file: string): Promise<string> => {
  try {
    return await read(file).catch(async (error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
      await make(file)
      return read(file)
    })
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause
    const why = `A secret for tokens can't be kept in ${file} (${codeOf(cause) ?? String(cause)})`
    throw new ConfigError(`${why}: let the process write there, or set TOKEN_SECRETS.`, { cause })
  }
}
