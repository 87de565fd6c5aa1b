/** How a value of a parameter or of a field of a form is written (OpenAPI 3.1 §4.8.12.2). */
export interface Serialization {
  readonly style?: string | undefined
  readonly explode?: boolean | undefined
  readonly content?: Record<string, unknown> | undefined
}
