/**
 * Functions of clouds and of frameworks that span server and page: AWS Lambda, h3 1 and Nuxt 3 and 4, SvelteKit 2,
 * Elysia 1, tRPC 10 and 11. Documentation: https://h3.dev, https://trpc.io/docs/server/procedures
 */
import type { Models } from '../../../models/model.ts';

/** For h3. Nuxt provides them as globals; listed are the names that scripts of a page hardly declare. */
const readers =
  'getQuery,getValidatedQuery,readBody,readRawBody,readFormData,readMultipartFormData,getRouterParam,getRouterParams,getRequestHeader,getRequestHeaders,getRequestURL';
const moreReaders = 'getHeader,getHeaders,getCookie,parseCookies';
const procedures = 'input,output,use,meta,concat,unstable_concat';

export const serverFunctions: Models = {
  language: 'javascript',
  types: [
    [
      'lambda.Event',
      'aws-lambda',
      'Member[APIGatewayEvent,APIGatewayProxyEvent,APIGatewayProxyEventV2,ALBEvent,LambdaFunctionURLEvent].Instance',
    ],
    [
      'lambda.Handler',
      'aws-lambda',
      'Member[APIGatewayProxyHandler,APIGatewayProxyHandlerV2,ALBHandler,LambdaFunctionURLHandler].Instance',
    ],
    ['lambda.Handler', '@middy/core', 'Argument[0]'],
    ['middy.Chain', '@middy/core', 'ReturnValue'],
    ['middy.Chain', 'middy.Chain', 'Member[use,before,after,onError].ReturnValue'],
    ['lambda.Handler', 'middy.Chain', 'Member[handler].Argument[0]'],
    ['lambda.Answer', 'lambda.Handler', 'ReturnValue'],
    ['lambda.Answer', 'lambda.Handler', 'Parameter[2].Argument[1]'],
    ['lambda.Unknown', 'lambda.Event', ''],
    ['svelte.Event', '@sveltejs/kit', 'Member[RequestEvent,ServerLoadEvent].Instance'],
    ['svelte.Event', '@sveltejs/kit', 'Member[RequestHandler,ServerLoad,Load,Action].Instance.Parameter[0]'],
    ['web.Request', 'svelte.Event', 'Member[request]'],
    ['web.Url', 'svelte.Event', 'Member[url]'],
    ['elysia.App', 'elysia', 'Instance'],
    ['elysia.App', 'elysia', 'Member[Elysia].Instance'],
    [
      'elysia.App',
      'elysia.App',
      'Member[get,post,put,patch,delete,all,use,group,guard,derive,state,decorate].ReturnValue',
    ],
    ['elysia.Context', 'elysia.App', 'Member[get,post,put,patch,delete,all].Argument[1].Parameter[0]'],
    ['trpc.Procedure', '@trpc/server', 'Member[initTRPC].Member[create].ReturnValue.Member[procedure]'],
    [
      'trpc.Procedure',
      '@trpc/server',
      'Member[initTRPC].Member[context].ReturnValue.Member[create].ReturnValue.Member[procedure]',
    ],
    ['trpc.Procedure', 'trpc.Procedure', `Member[${procedures}].ReturnValue`],
  ],
  sources: [
    ['lambda.Event', 'Member[body,headers,multiValueHeaders,rawQueryString,rawPath,path,cookies]', 'remote'],
    [
      'lambda.Unknown',
      'Member[queryStringParameters,multiValueQueryStringParameters,pathParameters]',
      'remote',
    ],
    ['h3', `Member[${readers},${moreReaders}].ReturnValue`, 'remote'],
    ['global', `Member[${readers}].ReturnValue`, 'remote'],
    ['svelte.Event', 'Member[params]', 'remote'],
    ['svelte.Event', 'Member[url].Member[searchParams,search,pathname,href]', 'remote'],
    ['svelte.Event', 'Member[cookies].Member[get].ReturnValue', 'remote'],
    ['elysia.Context', 'Member[query,body,params,headers,path]', 'remote'],
    ['elysia.Context', 'Member[cookie].AnyMember.Member[value]', 'remote'],
    [
      'trpc.Procedure',
      'Member[query,mutation,subscription].Argument[0].Parameter[0].Member[input]',
      'remote',
    ],
  ],
  // A path parameter is a string, and the route declares its name; the same holds for a single header or cookie.
  sanitizers: [
    ['lambda.Unknown', 'Member[pathParameters]', ['nosql', 'mass-assignment']],
    [
      'h3',
      'Member[getRouterParam,getRouterParams,getRequestHeader,getHeader,getCookie].ReturnValue',
      ['nosql', 'mass-assignment'],
    ],
    [
      'global',
      'Member[getRouterParam,getRouterParams,getRequestHeader].ReturnValue',
      ['nosql', 'mass-assignment'],
    ],
    ['svelte.Event', 'Member[params]', ['nosql', 'mass-assignment']],
    ['svelte.Event', 'Member[cookies].Member[get].ReturnValue', ['nosql', 'mass-assignment']],
    ['elysia.Context', 'Member[params]', ['nosql', 'mass-assignment']],
  ],
  sinks: [
    // Markup only if its headers say so.
    ['lambda.Answer', 'Member[body]', 'xss'],
    ['lambda.Answer', 'Member[headers].Member[Location,location]', 'redirect'],
    ['h3', 'Member[sendRedirect].Argument[1]', 'redirect'],
    ['global', 'Member[sendRedirect].Argument[1]', 'redirect'],
    ['h3', 'Member[html].Argument[1]', 'xss'],
    ['h3', 'Member[proxyRequest,sendProxy].Argument[1]', 'ssrf'],
    // The part of an error that is meant for the client.
    ...['h3', 'global'].flatMap((type) => [
      [
        type,
        'Member[createError].Argument[0].Member[statusMessage,statusText,message,data]',
        'leak',
      ] as const,
      [type, 'Member[createError].Argument[0].Member[data].AnyMember', 'leak'] as const,
    ]),
    ['@sveltejs/kit', 'Member[redirect].Argument[1]', 'redirect'],
    ['elysia.Context', 'Member[redirect].Argument[0]', 'redirect'],
  ],
  guesses: [
    ['lambda.Unknown', ['event']],
    ['trpc.Procedure', ['publicProcedure', 'protectedProcedure']],
  ],
  presence: [
    { types: 'trpc', packages: ['trpc'], isServer: true },
    { types: 'lambda', packages: ['awslambda', 'awssdk', 'middy'], isServer: true },
    { types: 'web', packages: ['sveltejs', 'elysia'], isServer: true },
  ],
};
