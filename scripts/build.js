/**
 * `npm run build`: makes `dist/`. With `--if-needed` does nothing if `dist/` was made of what the sources now say, which
 * their contents decide, not their times: so a copy or a clone stays built. Plain JavaScript that loads no dependency
 * until there is something to build, so that `npm start` loses no time, and needs no development dependencies.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const single = [
  ...['openapi.yaml', 'package-lock.json', 'tsconfig.json'],
  ...['scripts/build.js', 'scripts/tsconfig.build.json'],
  ...['scripts/lib/cache-folder.js', 'scripts/lib/import-typescript.js']
]
const folders = ['src', 'scripts/build', 'scripts/generate']
const builders = ['esbuild', 'typescript', 'openapi-typescript']

const filesIn = folder => {
  if (!existsSync(join(root, folder))) return []
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile())
  return files.map(({ parentPath, name }) => relative(root, join(parentPath, name)).replaceAll(sep, '/')).sort()
}

const digestOf = files => {
  const hash = createHash('sha256')
  for (const file of files.filter(name => existsSync(join(root, name)))) {
    const content = readFileSync(join(root, file))
    hash.update(`${file} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

const isInstalled = name => {
  try {
    return createRequire(import.meta.url).resolve(name) !== ''
  } catch {
    return false
  }
}

const stamp = join(root, 'dist/.built')
const digest = digestOf([...single, ...folders.flatMap(filesIn)])
const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined

/** What is written into `dist/` when it is built: the digests of the sources, and of the other files of the contract. */
const stampOf = others => [digest, digestOf(others), ...others].join('\n')

if (!process.argv.includes('--if-needed') || built !== stampOf(built?.split('\n').slice(2) ?? [])) {
  const missing = builders.filter(name => !isInstalled(name))
  if (missing.length > 0) {
    const why = built === undefined ? "dist/ isn't built" : "dist/ isn't what the sources now say"
    const are = missing.length > 1 ? "aren't" : "isn't"
    console.error(
      `${why}, and ${missing.join(', ')} ${are} installed: run \`npm ci && npm run build\`, then try again.`
    )
    process.exitCode = 1
  } else {
    const { build } = await import('./build/dist.js')
    if (!(await build(root, stampOf))) process.exitCode = 1
  }
}
