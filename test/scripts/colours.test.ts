import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { wantsColours } from '../../scripts/lib/colours.js'
import { root } from '../support/process.js'

describe('colours', () => {
  test.each([
    ['a terminal gets them', { isTTY: true }, {}, true],
    ['an empty NO_COLOR is as none', { isTTY: true }, { NO_COLOR: '' }, true],
    ['any other NO_COLOR takes them away', { isTTY: true }, { NO_COLOR: '0' }, false],
    ['a file or a pipe gets none', {}, {}, false],
    ['nor does it with an empty NO_COLOR', { isTTY: false }, { NO_COLOR: '' }, false]
  ])('%s', (_name, stream, environment, wanted) => {
    expect(wantsColours(stream, environment)).toBe(wanted)
  })

  test('one file alone decides it, for all scripts', () => {
    const files = readdirSync(join(root, 'scripts'), { recursive: true, encoding: 'utf8' }).filter(
      name => /\.[jt]s$/.test(name) && !name.includes('node_modules')
    )
    const readers = files.filter(name =>
      /(?:env|environment)\S*\bNO_COLOR\b/.test(readFileSync(join(root, 'scripts', name), 'utf8'))
    )
    expect(readers).toEqual(['lib/colours.js'])
  })
})
