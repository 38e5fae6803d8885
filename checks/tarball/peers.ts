/**
 * The import paths that load a peer at once, and the packages that they need. They replace `react/jsx-runtime`, so they are useless
 * without it. All other paths load a peer when it is needed.
 */
export const peersOf: Readonly<Record<string, readonly string[]>> = {
  'bulwark/html/preact': ['preact'],
  'bulwark/html/react': ['react', '@types/react', 'csstype'],
};

export function peersFor(path: string): readonly string[] | undefined {
  return Object.entries(peersOf).find(([of]) => path === of || path.startsWith(`${of}/`))?.[1];
}

/** Adapters whose declarations name the types of their framework. */
const ofFrameworks = ['fastify', 'hono', 'koa', 'nest', 'next'] as const;

export function namesItsFramework(path: string): boolean {
  return ofFrameworks.some((name) => path === `bulwark/${name}` || path.startsWith(`bulwark/${name}/`));
}
