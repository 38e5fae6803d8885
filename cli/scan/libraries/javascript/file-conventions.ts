/**
 * Functions that frameworks call because of their file's name or of a `'use server'` directive, as the linker detects:
 * Next.js 13 to 16, SvelteKit 2, Remix and React Router 7. Documentation:
 * https://nextjs.org/docs/app/api-reference/file-conventions
 */
import { scriptFile, verbExports } from '../../models/conventions.ts';
import type { Models } from '../../models/model.ts';

export const fileConventions: Models = {
  language: 'javascript',
  types: [
    ['next.Request', 'next.RouteHandler', 'Parameter[0]'],
    ['express.Request', 'next.ApiHandler', 'Parameter[0]'],
    ['express.Response', 'next.ApiHandler', 'Parameter[1]'],
    ['next.ServerProps', 'next.PropsGetter', 'Parameter[0]'],
    ['svelte.Handler', 'svelte.Actions', 'AnyMember'],
    ['svelte.Event', 'svelte.Handler', 'Parameter[0]'],
    ['web.Request', 'worker.Module', 'Member[fetch].Parameter[0]'],
    ['sqlite.Database', 'worker.Module', 'Member[fetch].Parameter[1].AnyMember'],
    ['lambda.Event', 'lambda.Handler', 'Parameter[0]'],
    ['web.Request', 'remix.Handler', 'Parameter[0].Member[request]'],
  ],
  sources: [
    ['next.ServerFunction', 'Parameter[0..]', 'remote'],
    ['next.Page', 'Parameter[0].Member[searchParams,params]', 'remote'],
    ['next.RouteHandler', 'Parameter[1].Member[params]', 'remote'],
    ['remix.Handler', 'Parameter[0].Member[params]', 'remote'],
  ],
  // A path parameter is a string, or a list of strings, and the file's name declares its name.
  sanitizers: [
    ['next.Page', 'Parameter[0].Member[params]', ['nosql', 'mass-assignment']],
    ['next.RouteHandler', 'Parameter[1].Member[params]', ['nosql', 'mass-assignment']],
    ['remix.Handler', 'Parameter[0].Member[params]', ['nosql', 'mass-assignment']],
  ],
  files: [
    [`(?:^|/)\\+server${scriptFile}`, [...verbExports, 'fallback'], 'svelte.Handler'],
    [`(?:^|/)\\+(?:page|layout)\\.server${scriptFile}`, ['load'], 'svelte.Handler'],
    [`(?:^|/)\\+page\\.server${scriptFile}`, ['actions'], 'svelte.Actions'],
    [`(?:^|/)app/(?:root|routes/.*)${scriptFile}`, ['loader', 'action'], 'remix.Handler'],
    // Resolvers of a schema of GraphQL, which are put together from many files, or read by a tool from all of a folder. Their names
    // are set, and not only read: `new commands.Query()` is no schema.
    [
      scriptFile,
      '^(?:default|=|(?:\\w*R|r)esolvers?)$',
      'graphql.Resolvers',
      { names: ['Query', 'Mutation', 'Subscription'], of: 'set' },
    ],
    // `export default { fetch(request, env) {} }`: Cloudflare's Workers, Deno, Bun.
    [scriptFile, ['default'], 'worker.Module', { names: ['fetch'], of: 'any' }],
    [
      scriptFile,
      ['handler', 'lambdaHandler', 'main'],
      'lambda.Handler',
      { names: ['statusCode', 'queryStringParameters', 'pathParameters', 'isBase64Encoded'], of: 'any' },
    ],
  ],
  presence: [{ types: 'web', packages: ['remix', 'vercel', 'cloudflare', 'itty'], isServer: true }],
  traits: [
    ['svelte.Handler', '', 'found-by-file'],
    ['svelte.Actions', '', 'found-by-file'],
    ['remix.Handler', '', 'found-by-file'],
  ],
};
