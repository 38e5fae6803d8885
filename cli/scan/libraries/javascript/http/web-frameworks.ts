/**
 * Handlers of more frameworks: AdonisJS 6, LoopBack 4, routing-controllers, Ts.ED, tsoa, inversify-express-utils, Midway
 * 3, Egg 3, micro, uWebSockets.js 20, hyper-express 6, ts-rest 3, oRPC 1, TanStack Start 1, SolidStart 1, Qwik City 1,
 * Astro's actions, next-safe-action 7 and 8, h3's context, Vercel's and Netlify's functions, Cloudflare's pages,
 * multiparty 4. Documentation: the site of each.
 */
import type { Models } from '../../../models/model.ts';

const verbs = 'get,post,put,patch,delete,options,head,any,all,del';
/** Decorators that inject a part of the request into a parameter: package, names. */
const decorators = [
  ['@loopback/rest', 'requestBody'],
  [
    'routing-controllers',
    'QueryParam,QueryParams,Param,Params,Body,BodyParam,HeaderParam,HeaderParams,CookieParam,CookieParams',
  ],
  [
    '@tsed/common',
    'QueryParams,PathParams,BodyParams,HeaderParams,Cookies,RawQueryParams,RawPathParams,RawBodyParams',
  ],
  [
    '@tsed/platform-params',
    'QueryParams,PathParams,BodyParams,HeaderParams,Cookies,RawQueryParams,RawPathParams,RawBodyParams',
  ],
  ['inversify-express-utils', 'queryParam,requestParam,requestBody,requestHeaders,cookies'],
  ['@inversifyjs/http-core', 'Query,Params,Body,Headers,Cookies'],
  ['tsoa', 'Query,Queries,Path,Body,BodyProp,Header,FormField'],
  ['@midwayjs/core', 'Query,Queries,Param,Body,Headers,Fields'],
  ['@midwayjs/decorator', 'Query,Queries,Param,Body,Headers,Fields'],
] as const;
const solid = 'Member[APIEvent,FetchEvent].Instance';

const actions = 'schema,inputSchema,outputSchema,bindArgsSchemas,bindArgsInputSchemas,metadata,use';

export const webFrameworks: Models = {
  language: 'javascript',
  types: [
    ['adonis.Context', '@adonisjs/core/http', 'Member[HttpContext].Instance'],
    ['adonis.Context', '@adonisjs/core/http', 'Member[HttpContext].Member[get,getOrFail].ReturnValue'],
    [
      'adonis.Context',
      '@adonisjs/core/services/router',
      `Member[default].Member[${verbs}].Argument[1].Parameter[0]`,
    ],
    ['adonis.Context', '@adonisjs/core/services/router', `Member[${verbs}].Argument[1].Parameter[0]`],
    ['adonis.Request', 'adonis.Context', 'Member[request]'],
    ['adonis.Response', 'adonis.Context', 'Member[response]'],
    ['express.Request', 'routing-controllers', 'Member[Req].ReturnValue.Argument[0]'],
    ['express.Response', 'routing-controllers', 'Member[Res].ReturnValue.Argument[0]'],
    ['express.Request', '@tsed/common', 'Member[Req].ReturnValue.Argument[0]'],
    ['express.Request', 'tsoa', 'Member[Request].ReturnValue.Argument[0]'],
    ['express.Request', '@vercel/node', 'Member[VercelRequest].Instance'],
    ['express.Response', '@vercel/node', 'Member[VercelResponse].Instance'],
    ['koa.Context', 'egg', 'Member[Controller,Service].Instance.Member[ctx]'],
    ['koa.Context', 'egg', 'Member[Context].Instance'],
    ['uws.App', 'uWebSockets.js', 'Member[App,SSLApp].ReturnValue'],
    ['uws.App', 'uws.App', `Member[${verbs},ws,listen].ReturnValue`],
    ['uws.Request', 'uws.App', `Member[${verbs}].Argument[1].Parameter[1]`],
    ['uws.Request', 'uWebSockets.js', 'Member[HttpRequest].Instance'],
    ['hyper.Server', 'hyper-express', 'Member[Server,Router].Instance'],
    ['hyper.Request', 'hyper.Server', `Member[${verbs}].Argument[1..].Parameter[0]`],
    ['hyper.Request', 'hyper-express', 'Member[Request].Instance'],
    ['express.Response', 'hyper.Server', `Member[${verbs}].Argument[1..].Parameter[1]`],
    [
      'tsrest.Handler',
      '@ts-rest/express',
      'Member[initServer].ReturnValue.Member[router].Argument[1].AnyMember',
    ],
    [
      'tsrest.Handler',
      '@ts-rest/fastify',
      'Member[initServer].ReturnValue.Member[router].Argument[1].AnyMember',
    ],
    ['orpc.Builder', '@orpc/server', 'Member[os]'],
    [
      'orpc.Builder',
      'orpc.Builder',
      'Member[input,output,use,route,meta,errors,$context,$config].ReturnValue',
    ],
    ['tanstack.Function', '@tanstack/react-start', 'Member[createServerFn].ReturnValue'],
    ['tanstack.Function', '@tanstack/start', 'Member[createServerFn].ReturnValue'],
    ['tanstack.Function', '@tanstack/solid-start', 'Member[createServerFn].ReturnValue'],
    ['tanstack.Function', 'tanstack.Function', 'Member[validator,inputValidator,middleware].ReturnValue'],
    ['solid.Event', '@solidjs/start/server', solid],
    ['web.Request', 'solid.Event', 'Member[request]'],
    ['qwik.Event', '@builder.io/qwik-city', 'Member[RequestHandler].Instance.Parameter[0]'],
    [
      'qwik.Event',
      '@builder.io/qwik-city',
      'Member[RequestEvent,RequestEventAction,RequestEventLoader].Instance',
    ],
    ['qwik.Event', '@builder.io/qwik-city', 'Member[routeLoader$].Argument[0].Parameter[0]'],
    ['qwik.Event', '@builder.io/qwik-city', 'Member[routeAction$,globalAction$].Argument[0].Parameter[1]'],
    ['web.Request', 'qwik.Event', 'Member[request]'],
    ['safeaction.Client', 'next-safe-action', 'Member[createSafeActionClient].ReturnValue'],
    ['safeaction.Client', 'safeaction.Client', `Member[${actions}].ReturnValue`],
    [
      'h3.Event',
      'h3',
      'Member[defineEventHandler,eventHandler,defineLazyEventHandler].Argument[0].Parameter[0]',
    ],
    ['h3.Event', 'h3', 'Member[H3Event].Instance'],
    [
      'h3.Event',
      'h3',
      'Member[H3].Instance.Member[get,post,put,patch,delete,all,use].Argument[0,1].Parameter[0]',
    ],
    [
      'h3.Event',
      'global',
      'Member[defineEventHandler,eventHandler,defineCachedEventHandler,cachedEventHandler].Argument[0].Parameter[0]',
    ],
    [
      'h3.Event',
      'nitropack/runtime',
      'Member[defineCachedEventHandler,cachedEventHandler].Argument[0].Parameter[0]',
    ],
    ['web.Request', 'h3.Event', 'Member[req]'],
    ['cloudflare.PagesContext', 'global', 'Member[PagesFunction].Instance.Parameter[0]'],
    ['web.Request', 'cloudflare.PagesContext', 'Member[request]'],
    ['multiparty.Form', 'multiparty', 'Member[Form].Instance'],
  ],
  sources: [
    ...decorators.map(
      ([name, names]) => [name, `Member[${names}].ReturnValue.Argument[0]`, 'remote'] as const,
    ),
    [
      '@loopback/rest',
      'Member[param].Member[path,query,header,cookie].AnyMember.ReturnValue.Argument[0]',
      'remote',
    ],
    [
      'adonis.Request',
      'Member[input,all,body,qs,param,params,only,except,header,headers,cookie,plainCookie,cookiesList,url,completeUrl,parsedUrl,raw,host,hostname,original].ReturnValue',
      'remote',
    ],
    ['adonis.Context', 'Member[params]', 'remote'],
    ['micro', 'Member[json,text,buffer].ReturnValue', 'remote'],
    ['uws.Request', 'Member[getQuery,getParameter,getHeader,getUrl].ReturnValue', 'remote'],
    ['uws.App', 'Member[ws].Argument[1].Member[message].Parameter[1]', 'remote'],
    [
      'hyper.Request',
      'Member[query_parameters,query,path_parameters,params,headers,cookies,path_query,url]',
      'remote',
    ],
    ['hyper.Request', 'Member[json,text,urlencoded,buffer].ReturnValue', 'remote'],
    ['tsrest.Handler', 'Parameter[0].Member[params,query,body,headers]', 'remote'],
    ['tsrest.Handler', 'Member[handler].Parameter[0].Member[params,query,body,headers]', 'remote'],
    ['orpc.Builder', 'Member[handler].Argument[0].Parameter[0].Member[input]', 'remote'],
    ['tanstack.Function', 'Member[handler].Argument[0].Parameter[0].Member[data]', 'remote'],
    ['tanstack.Function', 'Member[validator,inputValidator].Argument[0].Parameter[0]', 'remote'],
    ['solid.Event', 'Member[params]', 'remote'],
    ['qwik.Event', 'Member[params,headers]', 'remote'],
    ['qwik.Event', 'Member[query].Member[get,getAll,entries].ReturnValue', 'remote'],
    ['qwik.Event', 'Member[url].Member[searchParams,search,pathname,href]', 'remote'],
    ['qwik.Event', 'Member[parseBody].ReturnValue', 'remote'],
    ['@builder.io/qwik-city', 'Member[routeAction$,globalAction$].Argument[0].Parameter[0]', 'remote'],
    ['@builder.io/qwik-city', 'Member[server$].Argument[0].Parameter[0..]', 'remote'],

    [
      'safeaction.Client',
      'Member[action,stateAction].Argument[0].Parameter[0].Member[parsedInput,clientInput]',
      'remote',
    ],
    ['h3.Event', 'Member[context].Member[params]', 'remote'],
    ['h3.Event', 'Member[url].Member[searchParams,search,pathname,href]', 'remote'],
    ['@netlify/functions', 'Member[Context].Instance.Member[params]', 'remote'],
    ['cloudflare.PagesContext', 'Member[params]', 'remote'],
    ['multiparty.Form', 'Member[parse].Argument[1].Parameter[1]', 'remote'],
    [
      'multiparty.Form',
      'Member[parse].Argument[1].Parameter[2].AnyMember.AnyMember.Member[originalFilename]',
      'remote',
    ],
  ],
  // A path parameter is a string, and the route declares its name.
  sanitizers: [
    ['routing-controllers', 'Member[Param,Params].ReturnValue.Argument[0]', ['nosql', 'mass-assignment']],
    ...['@tsed/common', '@tsed/platform-params'].map(
      (name) =>
        [
          name,
          'Member[PathParams,RawPathParams].ReturnValue.Argument[0]',
          ['nosql', 'mass-assignment'],
        ] as const,
    ),
    ['inversify-express-utils', 'Member[requestParam].ReturnValue.Argument[0]', ['nosql', 'mass-assignment']],
    ['@inversifyjs/http-core', 'Member[Params].ReturnValue.Argument[0]', ['nosql', 'mass-assignment']],
    ['tsoa', 'Member[Path].ReturnValue.Argument[0]', ['nosql', 'mass-assignment']],
    ['@midwayjs/core', 'Member[Param].ReturnValue.Argument[0]', ['nosql', 'mass-assignment']],
    ['@midwayjs/decorator', 'Member[Param].ReturnValue.Argument[0]', ['nosql', 'mass-assignment']],
    [
      '@loopback/rest',
      'Member[param].Member[path].AnyMember.ReturnValue.Argument[0]',
      ['nosql', 'mass-assignment'],
    ],
    ['adonis.Request', 'Member[param,params].ReturnValue', ['nosql', 'mass-assignment']],
    ['adonis.Context', 'Member[params]', ['nosql', 'mass-assignment']],
    ['uws.Request', 'Member[getParameter].ReturnValue', ['nosql', 'mass-assignment']],
    ['hyper.Request', 'Member[path_parameters,params]', ['nosql', 'mass-assignment']],
    ['solid.Event', 'Member[params]', ['nosql', 'mass-assignment']],
    ['qwik.Event', 'Member[params]', ['nosql', 'mass-assignment']],
    ['h3.Event', 'Member[context].Member[params]', ['nosql', 'mass-assignment']],
    ['@netlify/functions', 'Member[Context].Instance.Member[params]', ['nosql', 'mass-assignment']],
    ['cloudflare.PagesContext', 'Member[params]', ['nosql', 'mass-assignment']],
  ],
  sinks: [
    ['adonis.Response', 'Member[redirect].Argument[0]', 'redirect'],
    ['adonis.Response', 'Member[redirect].ReturnValue.Member[toPath].Argument[0]', 'redirect'],
    ['adonis.Response', 'Member[download,attachment].Argument[0]', 'path'],
    ['adonis.Response', 'Member[json].Argument[0].AnyMember', 'leak'],
    ['qwik.Event', 'Member[redirect].Argument[1]', 'redirect'],
    ['qwik.Event', 'Member[html].Argument[1]', 'xss'],
    ['@solidjs/router', 'Member[redirect].Argument[0]', 'redirect'],
    ['@tanstack/react-router', 'Member[redirect].Argument[0].Member[href]', 'redirect'],
    ['routing-controllers', 'Member[Redirect].ReturnValue.Argument[0].ReturnValue', 'redirect'],
  ],
  presence: [
    // Servers of which the handlers look like Express's but are not.
    { packages: ['restify', 'polka', 'connect', 'feathers', 'loopback'], isServer: true },
  ],
};
