import type ts from 'typescript'
import { CannotRunError, type Edit } from './edit.js'
import { call, condition, type Find, guard, handling, property, result, text, value } from './find-node.js'
import { codeIn, editOf, nameOf } from './source-faults.js'

/** A fault by which somebody gets in, or something out, that must not. */
type SecurityFault = readonly [
  /** What it is made in: a function, a method or a constant of this name, in any file of `src/`. */
  within: string,
  /** What is then the case. */
  what: string,
  /** Finds what is changed: the first such node. */
  find: Find,
  /** What stands there then; of what stood there, as text. */
  to: string | ((text: string) => string)
]

const times1000 = (number: string): string => `(${number}) * 1000`
const dropped = ';'

const faults: readonly SecurityFault[] = [
  // Who is let in.
  ['afterScheme', 'credentials of any scheme are a token', condition('toLowerCase'), 'authorization === undefined'],
  ['currentUser', 'tokens that were ended are good', condition('version'), 'account'],
  ['currentUser', 'tokens are not decoded', call('decode'), 'token'],
  ['currentActiveUser', 'disabled users are let in', condition('disabled'), 'false'],
  [
    'authenticate',
    'nobody asks whether a user is disabled',
    call('currentActiveUser'),
    '({ value: current.value.account.user })'
  ],
  ['isLetIn', 'the body of one who is not let in is read', result, 'true'],
  ['isConsent', 'what a security handler says does not matter', result, 'true'],
  ['handleRequest', 'nobody is turned away', condition('authorized'), 'false'],
  ['resultOf', 'a refusal is a consent', condition('refusal'), '!outcome'],
  ['authorizer', 'a crash of the handler lets in', handling, 'catch { return true }'],
  ['both', 'half of an alternative is enough', guard('in second'), "if ('refusal' in second) return first"],
  ['refusal', 'scopes that are missing do not matter', call('every'), 'true'],
  ['grant', 'whoever asks for a scope has it', call('filter'), '[...asked]'],
  ['checks', 'tokens of other issuers are good', value('checks'), text => text.replace('issuer, audience, ', '')],
  // Passwords.
  ['matches', 'any password is right', call('verify'), 'true'],
  ['attempt', 'passwords can be guessed for ever', condition('failures'), 'false'],
  ['matches', 'the time tells who is a user', call('verify'), verify => `(account !== undefined && ${verify})`],
  // What is taken in.
  ['maxBodyBytes', 'bodies may be 1,000 times as large', value('maxBodyBytes'), times1000],
  ['maxFormFields', 'forms may have 1,000 times as many fields', value('maxFormFields'), times1000],
  ['receiveBytes', 'a chunked body may be of any size', condition('limit'), 'true'],
  ['readBody', 'compressed bodies are read', guard('coding'), dropped],
  ['timeouts', 'slow clients may take their time', value('headersTimeout'), times1000],
  ['validateRequest', 'broken rules pass', condition('broken.length'), 'false'],
  ['hasInfinity', 'infinite numbers pass', result, 'false'],
  // What leaves.
  ['jsonBodyWriter', 'undeclared fields leave', call('trimmer'), '((body: unknown) => body)'],
  ['isDeclared', 'fields leave that none of several schemas names', result, 'true'],
  ['#headersOf', 'constant headers are not written', call('slice'), '[]'],
  ['#told', 'the log has the value that does not fit', handling, 'catch (error) { throw error }'],
  ['fail', 'the client is told what went wrong', condition('reasons'), 'error instanceof Error'],
  ['stacks', 'the log has all that hangs on errors', property('stack'), it => `(String(${it}) + JSON.stringify(at))`],
  // What else is open.
  ['pagePolicy', 'the page runs scripts of others', text('script-src'), "'script-src *'"],
  ['createApp', 'a contract that does not fit is served', guard('findings'), dropped],
  ['settings', 'all addresses are listened on', text('127.0.0.1'), "'0.0.0.0'"]
]

/** Those in the chapter's own code, which an API of one's own doesn't have. */
const ofChapter: readonly SecurityFault[] = [
  ['login', 'any password will do', condition('matches'), '!account'],
  ['verify', 'any password is right', call('resolve'), 'Promise.resolve(true)']
]

/** A fault whose function or node isn't there fails the run: it would no longer prove anything. */
export const securityFaults = (files: readonly ts.SourceFile[]): Edit[] => {
  const homesOf = new Map<string, ts.Node[]>()
  for (const node of files.flatMap(file => codeIn(file))) {
    const name = nameOf(node)
    if (name === undefined) continue
    const homes = homesOf.get(name)
    if (homes) homes.push(node)
    else homesOf.set(name, [node])
  }
  const lost: string[] = []
  const hasChapter = files.some(({ fileName }) => fileName.startsWith('src/chapter/'))
  const edits = [...faults, ...(hasChapter ? ofChapter : [])].flatMap(([within, what, find, to]): Edit[] => {
    const homes = homesOf.get(within) ?? []
    const [node] = homes.flatMap(home => codeIn(home)).filter(find)
    if (!node) {
      const lack = homes.length > 0 ? `\`${within}\` has no such place` : `there is no \`${within}\``
      lost.push(`The security fault "${what}" can't be made: in src ${lack}.`)
      return []
    }
    const text = typeof to === 'string' ? to : to(node.getText())
    return [editOf('security', { node, to: text, what })]
  })
  if (lost.length > 0) throw new CannotRunError([...lost, 'Mend scripts/mutate/security-faults.ts.'].join('\n'))
  return edits
}
