/**
 * Fastify 4 and 5, @fastify/multipart, @fastify/cookie. A string without a content type is `text/plain`. Documentation:
 * https://fastify.dev/docs/latest/Reference/
 */

import { locationHeader } from '../../libraries/javascript/http/header-conditions.ts';
import type { Condition, Models } from '../../models/model.ts';

const verbs = 'get,post,put,patch,delete,head,options,all,trace,propfind,search';

/** To send an error is to throw it: the error handler responds. */
const notError: Condition = { at: 'Argument[0]', isError: true, not: true };

export const fastify: Models = {
  language: 'javascript',
  types: [
    ['fastify.Instance', 'fastify', 'ReturnValue'],
    ['fastify.Instance', 'fastify', 'Member[fastify].ReturnValue'],
    ['fastify.Instance', 'fastify', 'Member[FastifyInstance].Instance'],
    ['fastify.Instance', 'fastify', 'Member[FastifyPluginCallback,FastifyPluginAsync].Instance.Parameter[0]'],
    ['fastify.Instance', 'fastify.Instance', 'Member[register].Argument[0].Parameter[0]'],
    [
      'fastify.Instance',
      'fastify.Instance',
      `Member[${verbs},route,register,addHook,after,withTypeProvider].ReturnValue`,
    ],
    ['fastify.Instance', 'fastify-plugin', 'Argument[0].Parameter[0]'],
    ['fastify.Handler', 'fastify.Instance', `Member[${verbs}].Argument[1,2]`],
    [
      'fastify.Handler',
      'fastify.Instance',
      `Member[${verbs},route].Argument[0,1].Member[handler,preHandler,onRequest,preValidation,preSerialization]`,
    ],
    ['fastify.Handler', 'fastify.Instance', 'Member[addHook].Argument[1]'],
    ['fastify.Handler', 'fastify.Instance', 'Member[setNotFoundHandler].Argument[0,1]'],
    ['fastify.Handler', 'fastify', 'Member[RouteHandler,RouteHandlerMethod].Instance'],
    ['fastify.Request', 'fastify', 'Member[FastifyRequest].Instance'],
    ['fastify.Request', 'fastify.Handler', 'Parameter[0]'],
    ['fastify.Request', 'fastify.Instance', 'Member[setErrorHandler].Argument[0].Parameter[1]'],
    ['fastify.Reply', 'fastify', 'Member[FastifyReply].Instance'],
    ['fastify.Reply', 'fastify.Handler', 'Parameter[1]'],
    ['fastify.Reply', 'fastify.Instance', 'Member[setErrorHandler].Argument[0].Parameter[2]'],
    [
      'fastify.Reply',
      'fastify.Reply',
      'Member[code,status,type,header,headers,setCookie,clearCookie,serializer,removeHeader].ReturnValue',
    ],
    ['http.IncomingMessage', 'fastify.Request', 'Member[raw]'],
    ['http.ServerResponse', 'fastify.Reply', 'Member[raw]'],
    ['fastify.File', 'fastify.Request', 'Member[file].ReturnValue'],
    ['fastify.File', 'fastify.Request', 'Member[files,parts].ReturnValue.AnyMember'],
    ['express.Session', 'fastify.Request', 'Member[session]'],
  ],
  sources: [
    ['fastify.Request', 'Member[query,params,body,headers,cookies,url,originalUrl,hostname,host]', 'remote'],
    ['fastify.File', 'Member[filename,mimetype,value]', 'remote'],
    ['fastify.File', 'Member[toBuffer].ReturnValue', 'remote'],
    ['fastify.Instance', 'Member[setErrorHandler].Argument[0].Parameter[0].Member[message,stack]', 'error'],
  ],
  // A path parameter is a string, and the route declares its name.
  sanitizers: [['fastify.Request', 'Member[params]', ['nosql', 'mass-assignment']]],
  sinks: [
    // Markup if the handler says so.
    ['fastify.Reply', 'Member[send].Argument[0]', 'xss'],
    ['fastify.Reply', 'Member[send].Argument[0]', 'csv', { at: '', answers: 'csv' }],
    ['fastify.Reply', 'Member[html].Argument[0]', 'xss'],
    ['fastify.Reply', 'Member[send].Argument[0]', 'leak', notError],
    ['fastify.Reply', 'Member[send].Argument[0].AnyMember', 'leak', notError],
    ['fastify.Reply', 'Member[send].Argument[0].AnyMember.AnyMember', 'leak', notError],
    ['fastify.Reply', 'Member[redirect].Argument[0,1]', 'redirect'],
    ['fastify.Reply', 'Member[header].Argument[0]', 'header'],
    ['fastify.Reply', 'Member[header].Argument[1]', 'redirect', locationHeader],
    ['fastify.Reply', 'Member[view].Argument[0]', 'path'],
    ['fastify.Reply', 'Member[view].Argument[1]', 'template'],
    ['fastify.Reply', 'Member[view,viewAsync].Argument[1].AnyMember', 'leak'],
  ],
  guesses: [
    ['fastify.Instance', ['fastify']],
    ['fastify.Request', ['request']],
    ['fastify.Reply', ['reply']],
  ],
  traits: [
    ['fastify.Instance', '', 'registers-routes', 'deep'],
    ['fastify.Request', '', 'passed-to-handlers'],
    ['fastify.Reply', '', 'passed-to-handlers'],
    ['fastify', '', 'continues-after-return', 'deep'],
    ['fastify.Instance', '', 'continues-after-return', 'deep'],
    ['fastify.Handler', '', 'continues-after-return', 'deep'],
    ['fastify', '', 'schemas-in-options', 'deep'],
    ['fastify.Instance', '', 'schemas-in-options', 'deep'],
  ],
  presence: [{ types: 'fastify', packages: ['fastify'], isServer: true }],
};
