/** How passwords are hashed. Write one of these for scrypt or PBKDF2. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Whether `password` is the one that `hash` was made of. Must take the same time whether it is or not. */
  verify(password: string, hash: string): Promise<boolean>
  /**
   * Whether a hash was made with weaker parameters than `hash` has now, so that it is to be made anew at the next login.
   *
   * @param password what has just been verified: not weak if the hash saw only the beginning of it, since nobody knows
   * whether the rest is right
   */
  isWeak(hash: string, password?: string): boolean
}
