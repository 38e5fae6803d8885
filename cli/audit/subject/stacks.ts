export const frameworks = [
  'express',
  'fastify',
  'hono',
  'koa',
  'nest',
  'next',
  'django',
  'flask',
  'fastapi',
  'starlette',
  'tornado',
  'aiohttp',
] as const;

export type Framework = (typeof frameworks)[number];

/** A framework that the project uses. */
export interface Stack {
  readonly framework: Framework;
  /** The folder with the manifest that names it, or with the file that imports it: relative, `` for the root. */
  readonly folder: string;
  /** The file that shows it: a manifest, or a module that imports it. */
  readonly path: string;
  /** As the manifest or the lock file has it: `^4.19.0`, `>=4.2,<5`; undefined if neither says. */
  readonly version?: string;
}
