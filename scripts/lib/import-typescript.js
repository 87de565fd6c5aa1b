/**
 * Imports TypeScript of the project without the compiler: types are dropped, and each file becomes one with all that it
 * imports of the project, for hundreds of small files take Node half a second to find. Packages stay where they are, and
 * what is imported later (`import()`) is loaded later.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, stop } from 'esbuild'
import { cacheFolder } from './cache-folder.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the compiler is told of the language, for esbuild. */
export const tsconfigRaw = { compilerOptions: { target: 'es2023', verbatimModuleSyntax: true } }

// A file goes on to know where it is.
const placed = {
  name: 'placed',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.[jt]s$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const place = `const moduleUrl = ${JSON.stringify(pathToFileURL(path).href)};`
      return {
        loader: path.endsWith('.ts') ? 'ts' : 'js',
        contents: text.includes('import.meta.url') ? place + text : text
      }
    })
}

/** Whether an error is esbuild's about code that it can't read, which it has printed. */
export const isPrinted = error => error instanceof Error && 'errors' in error && 'warnings' in error

/**
 * @param files their paths, absolute or from the project's folder
 * @returns a promise of what each of them exports. If the code can't be read, that is printed, and the promise rejects.
 */
export const importTypeScript = async (...files) => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: files.map((file, index) => ({ in: file, out: String(index) })),
    outdir: root,
    write: false,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
    define: { 'import.meta.url': 'moduleUrl' },
    plugins: [placed],
    tsconfigRaw
  })
  await stop()
  process.setSourceMapsEnabled(true)
  const made = keep(outputFiles.map(({ path, contents }) => [relative(root, path), contents]))
  const urls = files.map((_, index) => pathToFileURL(join(made, `${index}.mjs`)).href)
  return Promise.all(urls.map(url => import(url)))
}

/** The folder that holds these files: named after what they say, so that processes don't write over each other's. */
const keep = files => {
  const cache = cacheFolder('import-typescript')
  const digest = createHash('sha256')
  for (const [name, contents] of files) digest.update(`${name} ${contents.length}\n`).update(contents)
  const folder = join(cache, digest.digest('hex').slice(0, 32))
  if (existsSync(folder)) return folder
  const made = mkdtempSync(join(cache, 'new-'))
  for (const [name, contents] of files) {
    mkdirSync(dirname(join(made, name)), { recursive: true })
    writeFileSync(join(made, name), contents)
  }
  try {
    renameSync(made, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error // else another process was quicker
    rmSync(made, { recursive: true })
  }
  return folder
}
