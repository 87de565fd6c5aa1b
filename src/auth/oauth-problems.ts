import type { Problem, Problems, Words } from '../contract/index.js'
import type { OAuthWords } from './oauth-words.js'

/** The words of the server's own replies, with those that OAuth clients read where a token was asked for. */
export const oauthProblems = (problems: Problems, words: OAuthWords): Problems => ({
  ...problems,
  body: withOAuth(problems, words),
  ...(problems.others && { others: problems.others.map(other => ({ ...other, body: withOAuth(other, words) })) })
})

const withOAuth =
  ({ body: bodyOf }: Words, words: OAuthWords): Words['body'] =>
  problem => {
    const body = bodyOf(problem)
    if (problem.isTokenRequest !== true || !isOfRequest(problem)) return body
    const isOther = problem.broken?.some(({ path: [first] }) => first === 'grant_type') === true
    const why = isOther ? 'The grant is not the password grant.' : 'The form is not as the contract wants it.'
    return { ...(body as object), ...words.fields(isOther ? 'unsupported_grant_type' : 'invalid_request', why) }
  }

const isOfRequest = ({ status }: Problem): boolean => status >= 400 && status < 500 && status !== 429
