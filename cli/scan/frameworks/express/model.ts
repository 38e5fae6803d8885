/**
 * Express 4.17 to 5, express-serve-static-core and express-session. Documentation:
 * https://expressjs.com/en/5x/api.html
 */

import { locationHeader } from '../../libraries/javascript/http/header-conditions.ts';
import type { Condition, Models } from '../../models/model.ts';

const verbs =
  'get,post,put,patch,delete,del,head,options,all,copy,lock,mkcol,move,purge,propfind,proppatch,search,unlock,report,subscribe,unsubscribe,trace,checkout,merge,notify,connect,query';

/** Without `root`, the path itself must be safe. With it, Express does not leave the folder. */
const noRoot: Condition = { at: 'Argument[1].Member[root]', orAbsent: true };
const noDownloadRoot: Condition = { at: 'Argument[2].Member[root]', orAbsent: true };

export const express: Models = {
  language: 'javascript',
  types: [
    ['express.Application', 'express', 'ReturnValue'],
    ['express.Application', 'express', 'Member[Router].ReturnValue'],
    ['express.Application', 'express', 'Member[Application,Express,Router,IRouter].Instance'],
    [
      'express.Application',
      'express-serve-static-core',
      'Member[Application,Express,Router,IRouter].Instance',
    ],
    ['express.Application', 'express-promise-router', 'ReturnValue'],
    ['express.Application', 'express.Application', `Member[${verbs},use,param].ReturnValue`],
    ['express.Route', 'express.Application', 'Member[route].ReturnValue'],
    ['express.Route', 'express.Route', `Member[${verbs}].ReturnValue`],

    ['express.Handler', 'express.Application', `Member[${verbs}].Argument[1..]`],
    ['express.Handler', 'express.Application', `Member[${verbs}].Argument[1..].AnyMember`],
    ['express.Handler', 'express.Application', 'Member[param].Argument[1]'],
    ['express.Handler', 'express.Route', `Member[${verbs}].Argument[0..]`],
    ['express.Handler', 'express.Route', `Member[${verbs}].Argument[0..].AnyMember`],
    ['express.Handler', 'express', 'Member[Handler,RequestHandler,RequestParamHandler].Instance'],
    [
      'express.Handler',
      'express-serve-static-core',
      'Member[Handler,RequestHandler,RequestParamHandler].Instance',
    ],
    ['express.Handler', 'express-async-handler', 'Argument[0]'],
    ['express.Middleware', 'express.Application', 'Member[use].Argument[0..]'],
    ['express.Middleware', 'express.Application', 'Member[use].Argument[0..].AnyMember'],
    ['express.ErrorHandler', 'express', 'Member[ErrorRequestHandler].Instance'],
    ['express.ErrorHandler', 'express-serve-static-core', 'Member[ErrorRequestHandler].Instance'],

    ['express.Request', 'express', 'Member[Request].Instance'],
    ['express.Request', 'express-serve-static-core', 'Member[Request].Instance'],
    ['express.Request', 'express.Handler', 'Parameter[0]'],
    // A middleware may be an error handler, whose first parameter is the error.
    ['express.Request', 'express.Middleware', 'Parameter[0,1]'],
    ['express.Request', 'express.ErrorHandler', 'Parameter[1]'],
    ['express.Request', 'express.Response', 'Member[req]'],
    ['express.Response', 'express', 'Member[Response].Instance'],
    ['express.Response', 'express-serve-static-core', 'Member[Response].Instance'],
    ['express.Response', 'express.Handler', 'Parameter[1]'],
    ['express.Response', 'express.Middleware', 'Parameter[1,2]'],
    ['express.Response', 'express.ErrorHandler', 'Parameter[2]'],
    ['express.Response', 'express.Request', 'Member[res]'],
    [
      'express.Response',
      'express.Response',
      'Member[status,type,contentType,set,header,append,setHeader,cookie,clearCookie,vary,links,location,attachment,format].ReturnValue',
    ],
    ['http.IncomingMessage', 'express.Request', ''],
    ['http.ServerResponse', 'express.Response', ''],
    ['express.UploadedFile', 'express.Request', 'Member[file]'],
    ['express.UploadedFile', 'express.Request', 'Member[files].AnyMember'],
    ['express.UploadedFile', 'express.Request', 'Member[files].AnyMember.AnyMember'],
    ['express.Session', 'express.Request', 'Member[session]'],
  ],
  sources: [
    [
      'express.Request',
      'Member[query,params,body,rawBody,cookies,originalUrl,baseUrl,path,hostname,host,subdomains,fields]',
      'remote',
    ],
    ['express.Request', 'Member[get,header,param].ReturnValue', 'remote'],
    ['express.Application', 'Member[param].Argument[1].Parameter[3]', 'remote'],
    ['express.UploadedFile', 'Member[originalname,name,mimetype,buffer,data]', 'remote'],
    // If the handler takes no error, this parameter is the request, which has no members of these names.
    ['express.Middleware', 'Parameter[0].Member[message,stack]', 'error'],
    ['express.ErrorHandler', 'Parameter[0].Member[message,stack]', 'error'],
  ],
  sanitizers: [
    // A header is a string, or absent.
    ['express.Request', 'Member[get,header].ReturnValue', ['nosql', 'mass-assignment']],
    // A path parameter is a string, and the route declares its name.
    ['express.Request', 'Member[params]', ['nosql', 'mass-assignment']],
    ['express.Application', 'Member[param].Argument[1].Parameter[3]', ['nosql', 'mass-assignment']],
  ],
  sinks: [
    ['express.Response', 'Member[send].Argument[0]', 'xss'],
    ['express.Response', 'Member[send].Argument[0]', 'csv', { at: '', answers: 'csv' }],
    ['express.Response', 'Member[send,json,jsonp].Argument[0]', 'leak'],
    ['express.Response', 'Member[send,json,jsonp].Argument[0].AnyMember', 'leak'],
    ['express.Response', 'Member[send,json,jsonp].Argument[0].AnyMember.AnyMember', 'leak'],
    ['express.Response', 'Member[render].Argument[1].AnyMember', 'leak'],
    ['express.Response', 'Member[redirect].Argument[0,1]', 'redirect'],
    ['express.Response', 'Member[location].Argument[0]', 'redirect'],
    ['express.Response', 'Member[set,header,append].Argument[0]', 'header'],
    ['express.Response', 'Member[set,header,append].Argument[1]', 'redirect', locationHeader],
    ['express.Response', 'Member[set,header].Argument[0].Member[Location,location]', 'redirect'],
    // Express percent-encodes the value of a cookie, not its name.
    ['express.Response', 'Member[sendFile,sendfile].Argument[0]', 'path', noRoot],
    ['express.Response', 'Member[sendFile,sendfile].Argument[1].Member[root]', 'path'],
    ['express.Response', 'Member[download].Argument[0]', 'path', noDownloadRoot],
    ['express.Response', 'Member[render].Argument[0]', 'path'],
    // If the whole object is untrusted, EJS and others read options of the compiler from it.
    ['express.Response', 'Member[render].Argument[1]', 'template'],
    ['express.Session', 'AnyMember', 'trust'],
    ['express.UploadedFile', 'Member[mv].Argument[0]', 'path'],
    ['express.UploadedFile', 'Member[mv].Argument[0]', 'upload'],
  ],
  guesses: [
    ['express.Application', ['app', 'router', 'server']],
    ['express.Request', ['req']],
    ['express.Response', ['res', 'response']],
  ],
  traits: [
    ['express.Application', '', 'registers-routes', 'deep'],
    ['express.Route', '', 'registers-routes', 'deep'],
    ['express.Request', '', 'passed-to-handlers'],
    ['express.Response', '', 'passed-to-handlers'],
    ['express.Middleware', '', 'may-take-error-first'],
    ['express.Application', '', 'ignores-case-of-paths'],
    ['express.Route', '', 'ignores-case-of-paths'],
    ['express.Application', '', 'calls-next-handler', 'deep'],
    ['express.Route', '', 'calls-next-handler', 'deep'],
    ['express.Handler', '', 'calls-next-handler', 'deep'],
    ['express.Middleware', '', 'calls-next-handler', 'deep'],
    ['express.ErrorHandler', '', 'calls-next-handler', 'deep'],
  ],
  presence: [
    {
      types: 'express',
      packages: ['express'],
      isServer: true,
      // `(req, res)`, `(req, res, next)`, and what is written in such a function. Azure's functions are called with `(context, req)`.
      handlers: { params: '^(?:req(?:uest)?,res(?:ponse)?|context,req)$', isEnclosing: true },
    },
  ],
};
