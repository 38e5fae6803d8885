/**
 * Functions that serve folders: express 4 and 5, serve-static 2, koa-static 5, @fastify/static 8, hono 4, sirv 3,
 * serve-handler 6, serve-index 1, st 3, ecstatic, node-static, @nestjs/serve-static 5. Documentation: the README of
 * each.
 */
import type { Models } from '../../../models/model.ts';

export const staticFiles: Models = {
  language: 'javascript',
  types: [
    ['use.ServeFolder', 'express', 'Member[static]'],
    ['use.ServeFolder', 'serve-static', ''],
    ['use.ServeFolder', 'koa-static', ''],
    ['use.ServeFolder', 'koa-static-cache', ''],
    ['use.ServeFolder', 'sirv', ''],
    ['use.ServeFolder', 'ultimate-express', 'Member[static]'],
    ['use.ServeFolder', 'node-static', 'Member[Server]'],
    ['use.ServeOptions', 'koa-static-server', ''],
    ['use.ServeOptions', 'koa-serve-static', ''],
    ['use.ServeOptions', 'st', ''],
    ['use.ServeOptions', 'ecstatic', ''],
    ['use.ServeOptions', 'union', 'Member[createServer]'],
    ['use.ServeOptions', 'http-server', 'Member[createServer]'],
    ['use.ServeOptions', '@nestjs/serve-static', 'Member[ServeStaticModule].Member[forRoot]'],
    ['use.ServeHandler', 'serve-handler', ''],
    ['use.ServeRoute', 'hono/bun', 'Member[serveStatic]'],
    ['use.ServeRoute', 'hono/deno', 'Member[serveStatic]'],
    ['use.ServeRoute', '@hono/node-server/serve-static', 'Member[serveStatic]'],
    ['use.ServeIndex', 'serve-index', ''],
    ['use.ServeIndex', 'koa-serve-index', ''],
    ['use.FastifyStatic', '@fastify/static', ''],
    ['use.FastifyStatic', 'fastify-static', ''],
  ],
};
