import { tokensOf } from '../../document/pointer.js'
import { isRecord } from '../../document/record.js'
import type { Node } from '../../openapi/node.js'
import { combinationsOf } from './combinations.js'
import { valuesAt } from './keyword.js'
import { itemsOf, membersOf } from './subschemas.js'

/** Whether a media type is XML, or written as XML is (`application/problem+xml`). */
export const isXml = (mediaType: string): boolean => /[/+]xml\s*(?:;|$)/i.test(mediaType)

/** Writes a value as an XML document, as the XML Objects of its schema say (OpenAPI 3.1 §4.8.26). */
export const xmlOf = (schema: Node, value: unknown): string => {
  const [component] = involved([schema]).filter(({ pointer }) => /^\/components\/schemas\/[^/]+$/.test(pointer))
  const name = tokensOf(component?.pointer ?? '').at(-1) ?? 'root'
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementsOf([schema], name, value, true)}`
}

/** What the XML Objects of a value's schemas say. */
interface Xml {
  readonly name: string | undefined
  readonly namespace: string | undefined
  readonly prefix: string | undefined
  readonly isAttribute: boolean
  readonly isWrapped: boolean
}

// Of a list without a wrapper as many as it has items; but of a document there is one.
const elementsOf = (schemas: readonly Node[], name: string, value: unknown, isRoot = false): string => {
  const all = involved(schemas)
  const xml = xmlIn(all)
  if (Array.isArray(value)) {
    const isWrapped = isRoot || xml.isWrapped
    const items = value.map((item: unknown, index) => {
      return elementsOf(itemsOf(all, index), isWrapped ? (xml.name ?? name) : name, item)
    })
    return isWrapped ? element(xml, name, [], items.join('')) : items.join('')
  }
  if (!isRecord(value)) return element(xml, name, [], textOf(value))
  const members = Object.entries(value).map(([key, member]) => {
    const below = membersOf(all, key)
    return { key, member, below, xml: xmlIn(involved(below)) }
  })
  const attributes = members.filter(one => one.xml.isAttribute && !isStructured(one.member))
  const others = members.filter(one => !attributes.includes(one))
  return element(
    xml,
    name,
    attributes.map(({ xml: own, key, member }) => ` ${nameOf(own, key)}="${textOf(member)}"`),
    others.map(({ key, member, below }) => elementsOf(below, key, member)).join('')
  )
}

const textOf = (value: unknown): string =>
  value === null ? '' : escaped(typeof value === 'string' ? value : JSON.stringify(value))

const isStructured = (value: unknown): boolean => typeof value === 'object' && value !== null

// All schemas that may have a say in a value of these, the nearest first.
const involved = (schemas: readonly Node[]): Node[] => [...new Set(combinationsOf(schemas).flat())]

const xmlIn = (schemas: readonly Node[]): Xml => {
  const objects = valuesAt(schemas, 'xml').filter(isRecord)
  const text = (field: string): string | undefined =>
    objects.map(object => object[field]).find(value => typeof value === 'string')
  return {
    name: text('name'),
    namespace: text('namespace'),
    prefix: text('prefix'),
    isAttribute: objects.some(({ attribute }) => attribute === true),
    isWrapped: objects.some(({ wrapped }) => wrapped === true)
  }
}

const element = (xml: Xml, name: string, attributes: readonly string[], content: string): string => {
  const tag = nameOf(xml, name)
  const prefix = xml.prefix === undefined ? '' : `:${validName(xml.prefix)}`
  const namespace = xml.namespace === undefined ? '' : ` xmlns${prefix}="${escaped(xml.namespace)}"`
  return `<${tag}${namespace}${attributes.join('')}>${content}</${tag}>`
}

const nameOf = ({ name, prefix }: Xml, otherwise: string): string =>
  (prefix === undefined ? '' : `${validName(prefix)}:`) + validName(name ?? otherwise)

const validName = (name: string): string => name.replaceAll(/[^\p{L}\p{N}_.-]/gu, '_').replace(/^(?![\p{L}_])/u, '_')

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }

// Control characters can't be in XML at all.
const escaped = (text: string): string =>
  text.replaceAll(/[<>&"]|(?![\t\n\r])\p{Cc}/gu, character => entities[character] ?? '')
