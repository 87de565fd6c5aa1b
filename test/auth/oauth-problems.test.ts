import { expect, test } from '@jest/globals'
import { oauthProblems } from '../../src/auth/oauth-problems.js'
import { oauthWords } from '../../src/auth/oauth-words.js'
import { problemDetails } from '../../src/http/problem-details.js'
import { detailProblems } from '../support/login.js'

const problems = oauthProblems({ ...detailProblems, others: [problemDetails] }, oauthWords)
const refused = { status: 415, isTokenRequest: true }
const fields = oauthWords.fields('invalid_request', 'The form is not as the contract wants it.')

test('what OAuth clients read is beside the words of each shape', () => {
  expect(problems.body(refused)).toEqual({ ...(detailProblems.body(refused) as object), ...fields })
  const [other] = problems.others ?? []
  expect(other?.mediaType).toBe('application/problem+json')
  expect(other?.body(refused)).toEqual({ ...(problemDetails.body(refused) as object), ...fields })
})

test('who asks for no token is told nothing of OAuth, and neither is anybody of a fault of the server', () => {
  const [other] = problems.others ?? []
  expect(other?.body({ status: 415 })).toEqual(problemDetails.body({ status: 415 }))
  const fault = { status: 500, isTokenRequest: true }
  expect(problems.body(fault)).toEqual(detailProblems.body(fault))
})
