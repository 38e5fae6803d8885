/**
 * Koa 2 and 3, @koa/router 12 to 14, koa-bodyparser, koa-body. A body that begins with `<` is HTML. Documentation:
 * https://koajs.com
 */

import { locationHeader } from '../../libraries/javascript/http/header-conditions.ts';
import type { Models } from '../../models/model.ts';

const verbs = 'get,post,put,patch,delete,del,head,options,all,use,link,unlink';

export const koa: Models = {
  language: 'javascript',
  types: [
    ['koa.App', 'koa', 'Instance'],
    ['koa.App', 'koa', 'ReturnValue'],
    ['koa.App', 'koa.App', 'Member[use].ReturnValue'],
    ['koa.Router', '@koa/router', 'Instance'],
    ['koa.Router', '@koa/router', 'Member[Router].Instance'],
    ['koa.Router', '@koa/router', 'ReturnValue'],
    ['koa.Router', 'koa-router', 'Instance'],
    ['koa.Router', 'koa-router', 'ReturnValue'],
    ['koa.Router', 'koa.Router', `Member[${verbs},param,prefix].ReturnValue`],
    ['koa.Context', 'koa', 'Member[Context,ParameterizedContext,ExtendableContext].Instance'],
    ['koa.Context', 'koa', 'Member[Middleware].Instance.Parameter[0]'],
    ['koa.Context', '@koa/router', 'Member[RouterContext].Instance'],
    ['koa.Context', 'koa.App', 'Member[use].Argument[0].Parameter[0]'],
    ['koa.Context', 'koa.Router', `Member[${verbs}].Argument[0..].Parameter[0]`],
    ['koa.Context', 'koa.Router', 'Member[param].Argument[1].Parameter[1]'],
    ['koa.Request', 'koa.Context', 'Member[request]'],
    ['koa.Response', 'koa.Context', 'Member[response]'],
    ['koa.Response', 'koa.Context', ''],
    ['http.IncomingMessage', 'koa.Context', 'Member[req]'],
    ['http.ServerResponse', 'koa.Context', 'Member[res]'],
    ['express.Session', 'koa.Context', 'Member[session]'],
  ],
  sources: [
    [
      'koa.Request',
      'Member[body,rawBody,query,querystring,search,params,headers,header,url,originalUrl,path,href,URL,host,hostname,files]',
      'remote',
    ],
    ['koa.Request', 'Member[get].ReturnValue', 'remote'],
    [
      'koa.Context',
      'Member[query,querystring,search,params,headers,header,url,originalUrl,path,href,URL,host,hostname,captures]',
      'remote',
    ],
    ['koa.Context', 'Member[get].ReturnValue', 'remote'],
    ['koa.Context', 'Member[cookies].Member[get].ReturnValue', 'remote'],
    ['koa.Router', 'Member[param].Argument[1].Parameter[0]', 'remote'],
  ],
  sanitizers: [
    // A path parameter is a string, and the route declares its name.
    ['koa.Request', 'Member[params]', ['nosql', 'mass-assignment']],
    ['koa.Context', 'Member[params,captures]', ['nosql', 'mass-assignment']],
    ['koa.Context', 'Member[get].ReturnValue', ['nosql', 'mass-assignment']],
    ['koa.Context', 'Member[cookies].Member[get].ReturnValue', ['nosql', 'mass-assignment']],
    ['koa.Router', 'Member[param].Argument[1].Parameter[0]', ['nosql', 'mass-assignment']],
    // formidable chooses the path of an uploaded file.
    [
      'koa.Request',
      'Member[files].AnyMember.Member[filepath,path,newFilename]',
      ['path', 'upload', 'command'],
    ],
  ],
  sinks: [
    ['koa.Response', 'Member[body]', 'xss'],
    ['koa.Response', 'Member[body]', 'leak'],
    ['koa.Response', 'Member[body].AnyMember', 'leak'],
    ['koa.Response', 'Member[redirect].Argument[0]', 'redirect'],
    ['koa.Response', 'Member[set,append].Argument[0]', 'header'],
    ['koa.Response', 'Member[set].Argument[1]', 'redirect', locationHeader],
    ['koa.Context', 'Member[render].Argument[0]', 'path'],
    ['koa.Context', 'Member[render].Argument[1]', 'template'],
    ['koa.Context', 'Member[render].Argument[1].AnyMember', 'leak'],
    ['koa-send', 'Argument[1]', 'path', { at: 'Argument[2].Member[root]', orAbsent: true }],
    ['@koa/send', 'Argument[1]', 'path', { at: 'Argument[2].Member[root]', orAbsent: true }],
  ],
  guesses: [['koa.Context', ['ctx']]],
  traits: [
    ['koa.Router', '', 'registers-routes', 'deep'],
    ['koa.Context', '', 'passed-to-handlers'],
    ['koa.Context', '', 'throws-answers'],
    ['koa.App', '', 'calls-next-handler', 'deep'],
    ['koa.App', '', 'next-handler-is-second', 'deep'],
    ['koa.Router', '', 'calls-next-handler', 'deep'],
    ['koa.Router', '', 'next-handler-is-second', 'deep'],
  ],
  presence: [
    {
      types: 'koa',
      packages: ['koa'],
      isServer: true,
      // `async (ctx, next)`, which answers by setting a member: a canvas has neither.
      handlers: { params: '^(?:ctx|context)(?:,|$)', sets: ['body', 'status'] },
    },
  ],
};
