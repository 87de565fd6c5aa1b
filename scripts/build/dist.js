import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { build as esbuild, stop } from 'esbuild'
import { importTypeScript, isPrinted, tsconfigRaw } from '../lib/import-typescript.js'
import { startCompiler } from './compiler.js'

/**
 * Makes `dist/`: types from the contract, JavaScript from TypeScript, and the compiled contract. It takes the place of
 * the last one when all of it is made, so that code which doesn't fit the contract is never built. Prints what it waits
 * for, and what is wrong. Plain JavaScript, because it decides what is loaded when: the compiler starts at once.
 *
 * @param stampOf tells the sources as they were when the build began, and the other files of the contract as they are
 * now, from all others
 * @returns whether it could be built
 */
export const build = async (root, stampOf) => {
  const started = performance.now()
  console.log('Building dist/: making the types of openapi.yaml, and compiling src/ …')
  const made = mkdtempSync(join(tmpdir(), 'dist-'))
  let compiler = startCompiler(root)
  try {
    const { compileContract, ContractError, fits, handlers, problems, production, readContract, updateTypes } =
      await load()
    const contract = await readContract(join(root, 'openapi.yaml'))
    const stamp = stampOf(contract.files.slice(1))
    if (await updateTypes(contract)) {
      compiler.stop()
      compiler = startCompiler(root)
      console.log('generated/openapi.d.ts written. Waiting for the compiler …')
    } else {
      console.log('The types are up to date. Waiting for the compiler …')
    }
    await emit(root, made)
    const complaints = await compiler.complaints
    if (complaints !== '') {
      process.stdout.write(complaints)
      return false
    }
    const misfits = fits({ handlers, problems, mode: production })(contract)
    if (misfits.length > 0) throw new ContractError(misfits)
    cpSync(join(root, 'src/http/page'), join(made, 'http/page'), { recursive: true }) // which browsers get as it is
    writeFileSync(join(made, 'contract.json'), compileContract(contract))
    replace(join(root, 'dist'), made)
    writeFileSync(join(root, 'dist/.built'), stamp)
    console.log(`dist/ built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
    return true
  } catch (error) {
    if (isPrinted(error)) return false
    if (!(error instanceof Error) || error.name !== 'ContractError') throw error
    console.error(error.message)
    return false
  } finally {
    compiler.stop()
    rmSync(made, { recursive: true, force: true })
  }
}

const load = async () => {
  const used = ['app', 'contract/index', 'operations/index', 'services'].map(name => `src/${name}.ts`)
  return Object.assign({}, ...(await importTypeScript(...used, 'scripts/generate/types-file.ts')))
}

// While the compiler checks it, which would take a second for what takes this a tenth.
const emit = async (root, folder) => {
  await esbuild({
    absWorkingDir: root,
    entryPoints: ['src/**/*.ts'],
    outbase: 'src',
    outdir: folder,
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    tsconfigRaw
  })
  await stop()
}

// Not the folder itself, which may be a mount. What says that it is built goes first, and comes last.
const replace = (folder, content) => {
  mkdirSync(folder, { recursive: true })
  rmSync(join(folder, '.built'), { force: true })
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
  cpSync(content, folder, { recursive: true })
}
