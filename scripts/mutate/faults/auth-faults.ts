import { faultsOf, type SourceFault } from './source-fault.js'

/** Faults in the parts that know users, and in the handlers of the operations. */
export const authFaults: readonly SourceFault[] = [
  ...faultsOf(
    'src/auth/current-user.ts',
    ['the name of the scheme is case-sensitive', "scheme.toLowerCase() !== 'bearer'", "scheme !== 'Bearer'"],
    ['any scheme will do', "if (scheme.toLowerCase() !== 'bearer') return", "if (scheme === '') return"],
    ['the space is part of the token', 'authorization.slice(space + 1)', 'authorization.slice(space)'],
    [
      'no token is another refusal',
      "refuse(401, 'Not authenticated')",
      "refuse(401, 'Invalid authentication credentials')"
    ],
    [
      'a scheme without a token is no token',
      "return { value: space < 0 ? '' :",
      "if (space < 0) return refuse(401, 'Not authenticated')\n  return { value:"
    ],
    ['disabled users are let in', 'user.disabled === true ?', 'user.disabled === null ?'],
    ['users whom nobody has disabled or enabled are kept out', 'user.disabled === true ?', 'user.disabled !== false ?'],
    ['a disabled user is a 401', "refuse(400, 'Inactive user')", "refuse(401, 'Inactive user')"],
    [
      'nobody is a 400',
      "refuse(401, 'Invalid authentication credentials')",
      "refuse(400, 'Invalid authentication credentials')"
    ],
    [
      'the disabled check is skipped',
      'const active = currentActiveUser(user.value)',
      'const active = currentActiveUser({ ...user.value, disabled: false })'
    ],
    [
      'the token is not decoded',
      'const username = await tokens.decode(token)',
      'const username = await Promise.resolve(tokens && token)'
    ],
    ['a refusal is forgotten', 'refusals: [401, 400]', 'refusals: [401]']
  ),
  ...faultsOf(
    'src/auth/fake.ts',
    [
      'every password is right',
      'given.length === stored.length && timingSafeEqual(given, stored)',
      'given.length > 0 || timingSafeEqual(given, stored)'
    ],
    ['passwords of the same length are right', '&& timingSafeEqual(given, stored)', '&& timingSafeEqual(given, given)'],
    ['passwords of other lengths crash', 'given.length === stored.length && ', ''],
    ['a password is compared with its hash', 'Buffer.from(`fakehashed${password}`)', 'Buffer.from(password)'],
    ['the token is the email', 'Promise.resolve(user.username)', 'Promise.resolve(user.email ?? user.username)'],
    [
      'usernames lose their case',
      'Promise.resolve(byName.get(username))',
      'Promise.resolve(byName.get(username.toLowerCase()))'
    ],
    ['alice is not disabled', 'disabled: true', 'disabled: false']
  ),
  ...faultsOf(
    'src/auth/passwords.ts',
    [
      'the time tells whether there is a user',
      'const matches = await hasher.verify',
      'const matches = user !== undefined && await hasher.verify'
    ],
    ['nobody has a password', 'return matches && user !== undefined', 'return matches'],
    ['a user of any password', 'return matches && user !== undefined', 'return user !== undefined || matches'],
    ['the hash of nobody is a word', 'await hasher.hash(randomUUID())', 'await Promise.resolve(`${randomUUID()}`)']
  ),
  ...faultsOf(
    'src/operations/login.ts',
    ['a wrong password is right, but for one', '!user || !matches', "!user || (!matches && form.password !== 'wrong')"],
    [
      'a wrong password is a 500',
      "{ status: 400, body: { detail: 'Incorrect username or password' } }",
      "{ status: 500, body: { detail: 'Incorrect username or password' } }"
    ],
    ['another word of refusal', 'Incorrect username or password', 'Wrong username or password'],
    ['scopes are lost', 'form.scope ?? []', '[]'],
    ['the password is looked for', 'users.find(form.username)', 'users.find(form.password)']
  ),
  ...faultsOf('src/operations/read-users-me.ts', [
    'the hash is left out',
    'body: user',
    "body: { ...user, hashed_password: '' }"
  ])
]
