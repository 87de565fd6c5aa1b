import type { Operation } from '../operation.js'
import { problem } from '../problem.js'

export const logIn: Operation<'logIn'> = ({ form }, { logins }) => {
  const asked = form.scope?.split(' ').filter(scope => scope !== '') ?? []
  const login = logins.logIn(form.username, form.password, asked)
  if (!login) return Promise.resolve(problem(400, 'Wrong name or password'))
  const { token, user } = login
  return Promise.resolve({
    status: 200,
    body: { access_token: token, token_type: 'bearer', scope: user.scopes.join(' ') }
  })
}
