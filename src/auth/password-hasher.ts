/** How passwords are hashed. Write one of these for scrypt, bcrypt or argon2. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Whether `password` is the one that `hash` was made of. Must take the same time whether it is or not. */
  verify(password: string, hash: string): Promise<boolean>
}
