import ts from 'typescript'
import { CannotRunError, type Edit } from './edit.js'
import { call, condition, type Find, guard, handling, result, text, value } from './find-node.js'
import { codeIn, editOf, nameOf } from './source-faults.js'

/** A fault by which somebody gets in, or something out, that must not. */
interface SecurityFault {
  /** What it is made in: a function, a method, a class or a constant of this name, in any file of `src/`. */
  readonly within: string
  /** What is then the case. */
  readonly what: string
  /** Finds what is changed: the first node that it has an answer for. */
  readonly find: Find
  /** What stands there then; of what stood there, as text. */
  readonly to: string | ((text: string) => string)
  /** Whether it is in the chapter's code, which is not there in an API of one's own. */
  readonly ofChapter?: true
}

const times1000 = (number: string): string => `(${number}) * 1000`
const dropped = ';'

const faults: readonly SecurityFault[] = [
  // Who is let in.
  { within: 'bearerToken', what: 'credentials of any scheme are a token', find: guard('401'), to: dropped },
  { within: 'currentUser', what: 'any token is that of a user', find: condition('user'), to: 'true' },
  { within: 'currentUser', what: 'tokens are not decoded', find: call('decode'), to: 'token' },
  { within: 'currentActiveUser', what: 'disabled users are let in', find: condition('disabled'), to: 'false' },
  {
    within: 'authenticate',
    what: 'nobody asks whether a user is disabled',
    find: call('currentActiveUser'),
    to: '({ value: user.value })'
  },
  { within: 'isLetIn', what: 'everybody is let in', find: result, to: 'true' },
  { within: 'securityResult', what: 'a refusal is a consent', find: condition('refusal'), to: 'false' },
  {
    within: 'securityResult',
    what: 'who makes a security handler crash is let in',
    find: handling,
    to: 'catch { return { granted: { user: undefined } } }'
  },
  {
    within: 'userOf',
    what: 'one of two schemes will do',
    find: call('every'),
    to: text => text.replace('every', 'some')
  },
  // Passwords.
  { within: 'login', what: 'any password will do', find: condition('matches'), to: '!user', ofChapter: true },
  { within: 'matches', what: 'any password is right', find: call('verify'), to: 'true' },
  {
    within: 'matches',
    what: 'the time tells whether there is such a user',
    find: call('verify'),
    to: verify => `(user !== undefined && ${verify})`
  },
  {
    within: 'verify',
    what: 'passwords of the same length are right',
    find: call('timingSafeEqual'),
    to: 'true',
    ofChapter: true
  },
  // What is taken in.
  { within: 'maxBodyBytes', what: 'bodies may be 1,000 times as large', find: value('maxBodyBytes'), to: times1000 },
  {
    within: 'maxFormFields',
    what: 'forms may have 1,000 times as many fields',
    find: value('maxFormFields'),
    to: times1000
  },
  { within: 'readText', what: 'a chunked body may be of any size', find: condition('maxBodyBytes'), to: 'true' },
  { within: 'readBody', what: 'compressed bodies are read', find: guard('coding'), to: dropped },
  { within: 'timeouts', what: 'slow clients may take their time', find: value('headersTimeout'), to: times1000 },
  { within: 'validateRequest', what: 'broken rules pass', find: condition('errors.length'), to: 'true' },
  { within: 'hasInfinity', what: 'infinite numbers pass', find: result, to: 'false' },
  // What leaves.
  { within: '#stringifier', what: 'undeclared fields leave', find: call('fastJsonStringify'), to: 'JSON.stringify' },
  { within: 'write', what: 'constant headers are not written', find: call('slice'), to: '[]' },
  {
    within: 'write',
    what: 'undeclared headers leave',
    find: call('keys'),
    to: 'Object.keys(reply.headers)'
  },
  {
    within: '#text',
    what: 'the log has the value that does not fit',
    find: handling,
    to: 'catch (error) { throw error }'
  },
  {
    within: 'fail',
    what: 'the client is told what went wrong',
    find: condition('strictReplies'),
    to: 'error instanceof Error'
  },
  {
    within: 'stacks',
    what: 'the log has what libraries hang on errors',
    find: node => (ts.isPropertyAccessExpression(node) && node.name.text === 'stack' ? node : undefined),
    to: stack => `(String(${stack}) + JSON.stringify(at))`
  },
  // What else is open.
  {
    within: 'contentSecurityPolicy',
    what: 'the page runs scripts of others',
    find: text('script-src'),
    to: "'script-src *'"
  },
  { within: 'serveOwn', what: 'every file of the package of the page is served', find: condition('files'), to: 'true' },
  { within: 'createApp', what: 'a contract that does not fit is served', find: guard('findings'), to: dropped },
  { within: 'readConfig', what: 'all addresses are listened on', find: text('127.0.0.1'), to: "'0.0.0.0'" }
]

/** A fault whose function or node isn't there fails the run: it would no longer prove anything. */
export const securityFaults = (files: readonly ts.SourceFile[]): Edit[] => {
  const nodes = files.flatMap(file => codeIn(file))
  const lost: string[] = []
  const hasChapter = files.some(({ fileName }) => fileName.startsWith('src/chapter/'))
  const here = faults.filter(({ ofChapter }) => hasChapter || ofChapter !== true)
  const edits = here.flatMap(({ within, what, find, to }): Edit[] => {
    const homes = nodes.filter(node => nameOf(node) === within)
    const [node] = homes.flatMap(home => codeIn(home)).flatMap(one => find(one) ?? [])
    if (!node) {
      const lack = homes.length > 0 ? `\`${within}\` has no such place` : `there is no \`${within}\``
      lost.push(`The security fault "${what}" can't be made: in src ${lack}.`)
      return []
    }
    const text = typeof to === 'string' ? to : to(node.getText())
    return [editOf(node.getSourceFile().fileName, 'security', { node, to: text, what })]
  })
  if (lost.length > 0) throw new CannotRunError([...lost, 'Mend scripts/mutate/security-faults.ts.'].join('\n'))
  return edits
}
