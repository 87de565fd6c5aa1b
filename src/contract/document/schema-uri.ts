/** The URI under which the contract is known to Ajv. */
export const contractUri = 'openapi.yaml'

/** A schema that stands for the one at `path` in the contract, so that errors name the place of the real one. */
export const schemaAt = (path: string): object => ({ $ref: `${contractUri}#${encodeURI(path)}` })
