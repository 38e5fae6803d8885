interface Modules {
  readonly 'node:crypto': typeof import('node:crypto');
  readonly 'node:http': typeof import('node:http');
}

/**
 * A module of Node, undefined where there is none. It is no import, so that workers can load what asks for it. The edge runtime of Next.js 15
 * has the function too, and throws from it.
 */
export function builtinModule<Name extends keyof Modules>(name: Name): Modules[Name] | undefined {
  try {
    return globalThis.process?.getBuiltinModule?.(name) as Modules[Name] | undefined;
  } catch {
    return undefined;
  }
}
