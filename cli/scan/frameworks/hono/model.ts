/** Hono 4. `c.text` and `c.body` of a string are `text/plain`. Documentation: https://hono.dev/docs/api/context */

import { locationHeader } from '../../libraries/javascript/http/header-conditions.ts';
import type { Condition, Models } from '../../models/model.ts';

const named: Condition = { at: 'Argument[0]', orAbsent: true, not: true };
const namedCookie: Condition = { at: 'Argument[1]', orAbsent: true, not: true };
const verbs = 'get,post,put,patch,delete,options,all,use,on';

export const hono: Models = {
  language: 'javascript',
  types: [
    ['hono.App', 'hono', 'Member[Hono].Instance'],
    ['hono.App', 'hono/quick', 'Member[Hono].Instance'],
    ['hono.App', 'hono/tiny', 'Member[Hono].Instance'],
    ['hono.App', '@hono/zod-openapi', 'Member[OpenAPIHono].Instance'],
    ['hono.App', 'hono.App', `Member[${verbs},route,basePath,onError,notFound].ReturnValue`],
    ['hono.Context', 'hono.App', `Member[${verbs}].Argument[0..].Parameter[0]`],
    ['hono.Context', 'hono.App', 'Member[openapi].Argument[1].Parameter[0]'],
    ['hono.Context', 'hono.App', 'Member[notFound].Argument[0].Parameter[0]'],
    ['hono.Context', 'hono.App', 'Member[onError].Argument[0].Parameter[1]'],
    ['hono.Context', 'hono', 'Member[Context].Instance'],
    ['hono.Context', 'hono', 'Member[Handler,MiddlewareHandler].Instance.Parameter[0]'],
    ['hono.Context', 'hono/factory', 'Member[createMiddleware].Argument[0].Parameter[0]'],
    [
      'hono.Context',
      'hono/factory',
      'Member[createFactory].ReturnValue.Member[createHandlers].Argument[0..].Parameter[0]',
    ],
    // Variables that middleware sets, and reads of them: `c.set('user', user)`, `c.get('user')`, `c.var.user`.
    ['hono.Kept', 'hono.Context', ''],
    ['hono.Kept', 'hono.Context', 'Member[var]'],
    ['hono.Request', 'hono.Context', 'Member[req]'],
    ['hono.Request', 'hono', 'Member[HonoRequest].Instance'],
    ['web.Request', 'hono.Request', 'Member[raw]'],
    ['web.FormData', 'hono.Request', 'Member[formData].ReturnValue'],
  ],
  shared: [['hono.Kept', '']],
  sources: [
    [
      'hono.Request',
      'Member[query,queries,param,header,json,text,formData,parseBody,arrayBuffer,blob,valid].ReturnValue',
      'remote',
    ],
    ['hono.Request', 'Member[url,path]', 'remote'],
    ['hono/cookie', 'Member[getCookie].ReturnValue', 'remote'],
    ['hono/validator', 'Member[validator].Argument[1].Parameter[0]', 'remote'],
    ['hono.App', 'Member[onError].Argument[0].Parameter[0].Member[message,stack]', 'error'],
  ],
  sinks: [
    ['hono.Context', 'Member[html].Argument[0]', 'xss'],
    // Markup if the handler says so.
    ['hono.Context', 'Member[body].Argument[0]', 'xss'],
    ['hono.Context', 'Member[body,text].Argument[0]', 'csv', { at: '', answers: 'csv' }],
    ['hono.Context', 'Member[html,json,text,body].Argument[0]', 'leak'],
    ['hono.Context', 'Member[json].Argument[0].AnyMember', 'leak'],
    ['hono.Context', 'Member[json].Argument[0].AnyMember.AnyMember', 'leak'],
    ['hono.Context', 'Member[redirect].Argument[0]', 'redirect'],
    ['hono.Context', 'Member[header].Argument[0]', 'header'],
    ['hono.Context', 'Member[header].Argument[1]', 'redirect', locationHeader],
    ['hono/html', 'Member[raw].Argument[0]', 'xss'],
    ['hono/utils/html', 'Member[raw].Argument[0]', 'xss'],
    ['hono/proxy', 'Member[proxy].Argument[0]', 'ssrf'],
  ],
  sanitizers: [
    ['hono/html', 'Member[html].ReturnValue', ['xss']],
    // A path parameter is a string, and the route declares its name.
    ['hono.Request', 'Member[param].ReturnValue', ['nosql', 'mass-assignment']],
    // So is a single query field or header. In all of them together, the client chooses the names.
    ['hono.Request', 'Member[query,header].ReturnValue', ['nosql', 'mass-assignment'], named],
    ['hono/cookie', 'Member[getCookie].ReturnValue', ['nosql', 'mass-assignment'], namedCookie],
  ],
  traits: [
    ['hono.App', '', 'registers-routes', 'deep'],
    ['hono.App', '', 'next-handler-is-second', 'deep'],
    ['hono.App', '', 'fields-by-methods', 'deep'],
    ['hono.App', '', 'patterns-in-braces', 'deep'],
    ['hono.App', '', 'matches-whole-paths', 'deep'],
    ['hono.Context', '', 'fields-by-methods', 'deep'],
    ['hono.Request', '', 'fields-by-methods', 'deep'],
  ],
  presence: [{ types: 'web', packages: ['hono'], isServer: true }],
};
