/**
 * Functions that frameworks call because of their file's name or of a `'use server'` directive, as the linker detects:
 * Next.js 13 to 16, SvelteKit 2, Remix and React Router 7. Documentation:
 * https://nextjs.org/docs/app/api-reference/file-conventions
 */
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
};
