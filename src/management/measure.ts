/** A figure that operators watch. It is read when it is asked for. */
export interface Measure {
  /** In the words of Prometheus: `auth_logins_total`. */
  readonly name: string
  /** A counter only grows. */
  readonly kind: 'counter' | 'gauge'
  readonly says: string
  /** The name of what tells its values apart, of which there are few: never a path, a user or a token. */
  readonly label?: string
  /** Its value, or its values by that label. */
  readonly read: () => number | ReadonlyMap<string, number>
}
