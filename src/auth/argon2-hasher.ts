import * as argon2 from '@node-rs/argon2'
import * as bcrypt from '@node-rs/bcrypt'
import { ConfigError } from '../config.js'
import type { Gate } from './gate.js'
import type { PasswordHasher } from './password-hasher.js'

/** What a hash costs (RFC 9106 §4). */
export interface Argon2Settings {
  readonly memoryMiB: number
  readonly passes: number
  readonly parallelism: number
  /** Where passwords wait to be hashed. */
  readonly gate: Pick<Gate, 'run'>
}

const parsed = <Parameters>(parse: (hash: string) => Parameters, hash: string): Parameters | undefined => {
  try {
    return parse(hash)
  } catch {
    return undefined // not such a hash; parsing needs nothing that could be lacking
  }
}

const isBcrypt = (hash: string): boolean => /^\$2[aby]\$/.test(hash)

/** The cost of a bcrypt hash; `undefined` if it isn't one as a whole. */
const bcryptCost = (hash: string): number | undefined => {
  const [, cost] = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(hash) ?? []
  return cost === undefined ? undefined : Number(cost)
}

/** More than this is a mistake, or an attack: bcrypt takes about 5 s, Argon2 3 s and 1 GiB. */
const most = { bcryptCost: 15, memoryKiB: 2 ** 20, workKiB: 2 ** 22 }

const isAbsurd = ({ memoryCost, timeCost }: Pick<argon2.ParsedHashOptions, 'memoryCost' | 'timeCost'>): boolean =>
  memoryCost > most.memoryKiB || memoryCost * timeCost > most.workKiB

/** bcrypt doesn't look at what comes after so many bytes. */
const bcryptBytes = 72

const normalised = (password: string): string => password.normalize('NFKC')

/**
 * Hashes passwords by Argon2id, as PHC strings. Verifies every kind of Argon2 and bcrypt (`$2a$`, `$2b$`, `$2y$`), and so
 * takes users over from elsewhere. What is no hash, or would cost absurdly much, is nobody's: it takes as long as another
 * one, and never matches. Passwords are hashed in NFKC (NIST SP 800-63B §3.1.1.2).
 *
 * `hash` and `verify` throw `Unavailable` if too many passwords are waiting.
 *
 * @throws {ConfigError} if the hashes would cost absurdly much
 */
export const argon2Hasher = (settings: Argon2Settings): PasswordHasher => {
  const { passes: timeCost, parallelism, gate } = settings
  const memoryCost = settings.memoryMiB * 1024
  if (isAbsurd({ memoryCost, timeCost })) {
    throw new ConfigError(
      `The hash of a password would take ${settings.memoryMiB} MiB in ${timeCost} passes; ` +
        'it takes at most 1024 MiB, and 4096 MiB in all passes together.'
    )
  }
  const hash = (password: string): Promise<string> =>
    gate.run(() => argon2.hash(password, { memoryCost, timeCost, parallelism }))

  const verifier = (hash: string): ((password: string) => Promise<boolean>) | undefined => {
    if (isBcrypt(hash)) {
      const cost = bcryptCost(hash)
      if (cost === undefined || cost < 4 || cost > most.bcryptCost) return undefined
      return password => bcrypt.verify(password, hash)
    }
    const parameters = parsed(argon2.parseOptions, hash)
    if (!parameters || isAbsurd(parameters)) return undefined
    return password => argon2.verify(hash, password)
  }

  return {
    hash: password => hash(normalised(password)),
    verify: async (password, hashed) => {
      const verify = verifier(hashed)
      // A hash from elsewhere may have been made of the password as it was typed.
      for (const spelling of new Set([normalised(password), password])) {
        if (!verify) await hash(spelling)
        else if (await gate.run(() => verify(spelling))) return true
      }
      return false
    },
    isWeak: (hashed, password = '') => {
      if (isBcrypt(hashed)) return Buffer.byteLength(normalised(password)) <= bcryptBytes
      const parameters = parsed(argon2.parseOptions, hashed)
      return (
        !parameters ||
        !hashed.startsWith('$argon2id$v=19$') ||
        parameters.memoryCost < memoryCost ||
        parameters.timeCost < timeCost ||
        parameters.parallelism < parallelism ||
        parameters.saltLen < 16 ||
        parameters.outputLen < 32
      )
    }
  }
}
