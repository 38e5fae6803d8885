export type Undo = () => void;
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Puts another method in the place of one, for as long as a test runs. What has no such method stays as it is. */
export function replaceMethod(target: object, name: string, make: (original: Method) => Method): Undo {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== 'function') return () => {};
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, {
    value: make(method as Method),
    enumerable: own?.enumerable ?? false,
    writable: true,
    configurable: true,
  });
  return () => {
    if (own) Object.defineProperty(target, name, own);
    else Reflect.deleteProperty(target, name);
  };
}
