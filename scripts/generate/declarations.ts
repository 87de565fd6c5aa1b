import { astToString, type GlobalContext, resolveRef, transformSchema, transformSchemaObject } from 'openapi-typescript'
import ts from 'typescript'
import { isRecord } from '../../src/contract/index.js'
import type { typedDocument } from './typed-document.js'

type Options = Parameters<typeof transformSchemaObject>[1]

/** The text of the declarations that openapi-typescript makes of a document whose every part has been typed. */
export const declarationsOf = (document: ReturnType<typeof typedDocument>): string => {
  const context: Omit<GlobalContext, 'redoc'> = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    defaultNonNullable: false,
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    conditionalEnums: false,
    dedupeEnums: false,
    excludeDeprecated: false,
    exportType: false,
    immutable: false,
    injectFooter: [],
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    rootTypes: false,
    rootTypesNoSchemaPrefix: false,
    rootTypesKeepCasing: false,
    silent: true,
    transform: (schema, options) => typeOf(schema, options),
    transformProperty: undefined,
    resolve: ref => resolveRef(document, ref, { silent: true }),
    makePathsEnum: false,
    generatePathParams: false,
    readWriteMarkers: false
  }
  // The linter in `redoc` has nothing to look at: the document has been read, checked and bundled.
  const nodes = transformSchema(document as unknown as Parameters<typeof transformSchema>[0], context as GlobalContext)
  return astToString(nodes).replace(noOperations, 'export interface operations {\n}\n')
}

// An index by strings would be there for each operation, and nothing for it.
const noOperations = 'export type operations = Record<string, never>;\n'

const { factory } = ts
const keyword = (kind: ts.KeywordTypeSyntaxKind): ts.TypeNode => factory.createKeywordTypeNode(kind)
const unknownType = keyword(ts.SyntaxKind.UnknownKeyword)

const recordOf = (type: ts.TypeNode): ts.TypeNode =>
  factory.createTypeReferenceNode('Record', [keyword(ts.SyntaxKind.StringKeyword), type])

/** The types that openapi-typescript has no schema for: see `TypedSchemas`. */
const made: Readonly<Record<string, () => ts.TypeNode>> = {
  never: () => keyword(ts.SyntaxKind.NeverKeyword),
  empty: () => recordOf(keyword(ts.SyntaxKind.NeverKeyword)),
  present: () =>
    factory.createUnionTypeNode([
      factory.createTypeLiteralNode([]),
      factory.createLiteralTypeNode(factory.createNull())
    ])
}

const typeOf = (schema: unknown, options: Options): ts.TypeNode | undefined => {
  if (!isRecord(schema)) return undefined
  const name = schema['x-typescript']
  if (typeof name === 'string') return made[name]?.()
  const { type, prefixItems, items, minItems = 0 } = schema
  if (type !== 'array' || !Array.isArray(prefixItems)) return undefined
  const element = (one: unknown): ts.TypeNode =>
    transformSchemaObject(one as Parameters<typeof transformSchemaObject>[0], options)
  const first = prefixItems.map((one, index) =>
    index < Number(minItems) ? element(one) : factory.createOptionalTypeNode(element(one))
  )
  if (items === false) return factory.createTupleTypeNode(first)
  const others = items === undefined ? unknownType : element(items)
  return factory.createTupleTypeNode([...first, factory.createRestTypeNode(factory.createArrayTypeNode(others))])
}
