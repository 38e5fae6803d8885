/** The frameworks that the suite runs on, in the order of the table's columns. */
export const frameworks = {
  node: 'node:http',
  express: 'Express',
  fastify: 'Fastify',
  hono: 'Hono',
  koa: 'Koa',
  'nest-express': 'Nest on Express',
  'nest-fastify': 'Nest on Fastify',
  next: 'Next.js',
} as const;

export type Framework = keyof typeof frameworks;
export const frameworkNames: readonly Framework[] = Object.keys(frameworks) as Framework[];
