/** Astro 4 and 5: endpoints, middleware, and their context. Documentation: https://docs.astro.build/en/reference/api-reference */
import { scriptFile, verbExports } from '../../models/conventions.ts';
import type { Models } from '../../models/model.ts';

export const astro: Models = {
  language: 'javascript',
  types: [
    ['astro.Context', 'astro.Endpoint', 'Parameter[0]'],
    ['astro.Context', 'astro', 'Member[APIContext].Instance'],
    ['astro.Context', 'astro', 'Member[APIRoute,MiddlewareHandler].Instance.Parameter[0]'],
    ['astro.Context', 'astro:middleware', 'Member[defineMiddleware].Argument[0].Parameter[0]'],
    ['astro.Context', 'astro/middleware', 'Member[defineMiddleware].Argument[0].Parameter[0]'],
    ['web.Request', 'astro.Context', 'Member[request]'],
    ['web.Url', 'astro.Context', 'Member[url]'],
    ['astro.Cookies', 'astro.Context', 'Member[cookies]'],
    ['astro.Cookies', 'astro', 'Member[AstroCookies].Instance'],
  ],
  sources: [
    ['astro.Context', 'Member[params]', 'remote'],
    // Not `url` itself: URLs that are derived from it stay on the site.
    ['astro.Context', 'Member[url].Member[searchParams,search,pathname,href]', 'remote'],
    ['astro.Cookies', 'Member[get].ReturnValue', 'remote'],
  ],
  sinks: [['astro.Context', 'Member[redirect].Argument[0]', 'redirect']],
  // A path parameter is a string, and the file's name declares its name.
  sanitizers: [['astro.Context', 'Member[params]', ['nosql', 'mass-assignment']]],
  files: [[`(?:^|/)src/pages/.*${scriptFile}`, [...verbExports, 'ALL'], 'astro.Endpoint']],
  presence: [{ types: 'web', packages: ['astro'], isServer: true }],
  traits: [['astro.Endpoint', '', 'found-by-file']],
};
