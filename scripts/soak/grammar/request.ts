import type { Random } from '../random.js'
import { Draft } from './draft.js'
import { type Grammar, writeForm, writeJson } from './forms.js'
import { writeFraming } from './framing.js'
import { addHarmless, inAnyOrder, writeConnection, writeCredentials } from './headers.js'
import type { KnownOperation } from './known.js'
import { malform } from './malformed.js'
import { changeMethod, changeTarget } from './targets.js'

const form = 'application/x-www-form-urlencoded'
const json = 'application/json'

const spellings: readonly ((type: string) => string)[] = [
  type => type,
  type => type.toUpperCase(),
  type => `${type};charset=utf-8`,
  type => `${type} ; Charset="UTF-8"`,
  type => `${type}; charset=utf8; x=y`
]

/** Says what the body is, rightly or not. */
const writeTypes = (draft: Draft, { body, outcomes }: KnownOperation, random: Random): void => {
  const type = body === 'form' ? form : json
  const name = random.chance(0.3) ? random.cased('Content-Type') : 'Content-Type'
  if (random.chance(0.92)) {
    draft.lines.push(`${name}: ${(random.pick(spellings) ?? spellings[0])?.(type) ?? type}`)
  } else if (random.chance(0.4)) {
    draft.lines.push(`${name}: ${type}; charset=${random.pick(['iso-8859-1', 'utf-16', '"latin1"'])}`)
    draft.refuse('charset', 'another charset', 415)
  } else {
    const other = random.pick([
      undefined,
      'text/plain',
      'multipart/form-data; boundary=x',
      'nonsense',
      'text/plain; charset=x'
    ])
    if (other !== undefined) draft.lines.push(`${name}: ${other}`)
    draft.forget('text', 'fields', 'form')
    // Its fields are not those of a form: whether the media type is refused or its fields are missing, nobody reads it.
    draft.refuse('form', 'another media type', ...(body === 'form' ? [422, 415] : [415, 422, ...outcomes]))
  }
  const coding = random.share()
  if (coding < 0.03) {
    draft.lines.push(`Content-Encoding: ${random.pick(['gzip', 'br', 'deflate, gzip', 'x', 'GZIP'])}`)
    draft.refuse('coding', 'a content coding', 415)
  } else if (coding < 0.06) draft.lines.push(`Content-Encoding: ${random.cased('identity')}`)
}

/** The server's own pages, which the contract doesn't have, by how often they are asked for. */
const pages = [
  '/openapi.json',
  '/openapi.yaml',
  '/docs',
  '/docs/',
  '/docs/swagger-ui-init.js',
  '/docs/favicon-16x16.png'
]

const pageRequest = (isLast: boolean, random: Random): Draft => {
  const draft = new Draft('GET', random.pick(pages) ?? '/docs')
  draft.refuse('outcome', 'a page', 200)
  if (random.chance(0.2)) draft.method = 'HEAD'
  else changeMethod(draft, ['GET', 'HEAD'], isLast, random)
  addHarmless(draft, random)
  draft.lines = draft.lines.filter(one => !one.startsWith('If-None-Match'))
  writeConnection(draft, isLast, random)
  if (draft.version === '1.0') draft.asksToClose = undefined
  return draft
}

const nowhere = (draft: Draft): Draft => {
  const made = new Draft(draft.method, draft.target)
  made.refuse('route', 'nowhere', 404)
  return made
}

/**
 * Makes one request, and knows how it has to be answered.
 *
 * @param isLast whether nothing follows on its connection: only then may it end it
 */
export const makeRequest = (grammar: Grammar, isLast: boolean, random: Random): Draft => {
  if (random.chance(0.02)) return pageRequest(isLast, random)
  const operation = random.pick(grammar.operations)
  if (!operation) return nowhere(new Draft('GET', '/'))
  const draft = new Draft(operation.method, operation.path, operation)
  changeTarget(draft, isLast, random)
  changeMethod(draft, operation.allow, isLast, random)
  writeCredentials(draft, operation, grammar.accounts, random)
  if (operation.body !== 'none') {
    if (operation.body === 'form') writeForm(draft, operation, grammar, random)
    else writeJson(draft, operation, random)
    writeTypes(draft, operation, random)
  } else {
    draft.refuse('outcome', 'good request', ...operation.outcomes)
    if (random.chance(0.05)) draft.body = random.text(random.between(1, 3000), 'GET /\r\n{}%\x00\xff')
  }
  addHarmless(draft, random)
  writeConnection(draft, isLast, random)
  writeFraming(draft, isLast, random)
  inAnyOrder(draft, random)
  if (isLast && draft.method !== 'HEAD' && !draft.isBroken && random.chance(0.12)) malform(draft, random)
  else if (isLast && draft.version === '1.1' && random.chance(0.05)) draft.isContinued = true
  return draft
}
