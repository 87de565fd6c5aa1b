/** Sets a property of an object's own, whatever its name: `__proto__` is one like any other. */
export const setOwn = (object: Record<string, unknown>, name: string, value: unknown): void => {
  if (name !== '__proto__') object[name] = value
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}
