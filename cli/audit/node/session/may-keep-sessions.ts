import type { NodeApplication } from '../app/node-application.ts';

const speaksOfSessions = /cookie|session|passport|auth|log-?_?in\b|sign-?_?in\b|credentials|jwt|token/i;

/** Packages that keep no sessions. Any other package may. */
const harmless =
  /^(node:[\w/]+|assert|crypto|fs|http|https|os|path|url|util|express|fastify|hono|koa|next|react|react-dom|postgres|pg|mysql2|sqlite3|better-sqlite3|redis|ioredis|mongodb|mongoose|knex|kysely|drizzle-orm|@prisma\/client|helmet|cors|compression|morgan|pino|pino-http|winston|prom-client|zod|ws|undici|axios|date-fns|lodash|nanoid|uuid|express-rate-limit|@hono\/node-server|@fastify\/(static|helmet|cors|sensible|formbody|rate-limit|compress|sse|etag)|fastify-plugin|koa-(static|compress|helmet)|@koa\/(router|cors))$/;

const imported = /\b(?:from|import|require)\s*\(?\s*['"`]([^'"`\n]{1,200})['"`]/g;

/** Whether an application may keep sessions that were not recognised: not all was read, it speaks of them, or a package may keep them. */
export function mayKeepSessions({ modules, gaps }: NodeApplication): boolean {
  return (
    gaps.length > 0 ||
    modules.length === 0 ||
    modules.some(({ text }) => speaksOfSessions.test(text) || [...text.matchAll(imported)].some(isOpen))
  );
}

function isOpen([, specifier = '']: RegExpMatchArray): boolean {
  if (specifier.startsWith('.')) return false;
  return (
    !harmless.test(specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')) &&
    !harmless.test(specifier)
  );
}
