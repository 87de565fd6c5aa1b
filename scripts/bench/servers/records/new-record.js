/** The rules of a new record, written by hand for `node:http`. */
const isText = (value, least, most) => typeof value === 'string' && value.length >= least && value.length <= most
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i
const statuses = new Set(['draft', 'open', 'closed'])

/** Whether this is a tag. */
export const isTag = value => typeof value === 'string' && /^[a-z][a-z0-9-]{0,31}$/.test(value)

const isListOfTags = value =>
  Array.isArray(value) &&
  value.length >= 1 &&
  value.length <= 20 &&
  value.every(isTag) &&
  new Set(value).size === value.length

const rules = {
  name: value => isText(value, 1, 100) && /^[A-Z][A-Za-z0-9 ]*$/.test(value),
  email: value => typeof value === 'string' && /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(value),
  status: value => statuses.has(value),
  score: value => typeof value === 'number' && value >= 0 && value <= 100,
  count: value => Number.isInteger(value) && value % 5 === 0,
  active: value => typeof value === 'boolean',
  created: value => typeof value === 'string' && dateTime.test(value) && !Number.isNaN(Date.parse(value)),
  due: value =>
    value === null ||
    (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))),
  tags: isListOfTags,
  owner: value =>
    typeof value === 'object' && value !== null && uuid.test(String(value.id)) && isText(value.name, 1, 100),
  note: value => value === null || isText(value, 0, 4000)
}
const names = Object.keys(rules)

/** The rules that a new record breaks: the place of each, and what is wrong there. */
export const brokenRules = value => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [['', 'must be an object']]
  const broken = names.filter(name => !rules[name](value[name])).map(name => [`#/${name}`, 'is not as it must be'])
  const unknown = Object.keys(value).filter(name => !(name in rules))
  return [...broken, ...unknown.map(name => [`#/${name}`, 'is not known'])]
}
