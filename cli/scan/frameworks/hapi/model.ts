/** @hapi/hapi 20 and 21. A string that a handler returns is sent as `text/html`. Documentation: https://hapi.dev/api */
import type { Models } from '../../models/model.ts';

export const hapi: Models = {
  language: 'javascript',
  types: [
    ['hapi.Server', '@hapi/hapi', 'Member[server].ReturnValue'],
    ['hapi.Server', '@hapi/hapi', 'Member[Server].Instance'],
    ['hapi.Route', 'hapi.Server', 'Member[route].Argument[0]'],
    ['hapi.Route', 'hapi.Server', 'Member[route].Argument[0].AnyMember'],
    ['hapi.Route', '@hapi/hapi', 'Member[ServerRoute].Instance'],
    ['hapi.Handler', 'hapi.Route', 'Member[handler]'],
    ['hapi.Handler', 'hapi.Route', 'Member[options,config].Member[handler]'],
    ['hapi.Request', 'hapi.Handler', 'Parameter[0]'],
    ['hapi.Request', 'hapi.Server', 'Member[ext].Argument[1].Parameter[0]'],
    ['hapi.Request', '@hapi/hapi', 'Member[Request].Instance'],
    ['hapi.Toolkit', 'hapi.Handler', 'Parameter[1]'],
    ['hapi.Toolkit', 'hapi.Server', 'Member[ext].Argument[1].Parameter[1]'],
    ['hapi.Toolkit', '@hapi/hapi', 'Member[ResponseToolkit].Instance'],
  ],
  sources: [['hapi.Request', 'Member[query,params,payload,headers,state,url,path]', 'remote']],
  // A path parameter is a string, and the route declares its name.
  sanitizers: [['hapi.Request', 'Member[params]', ['nosql', 'mass-assignment']]],
  sinks: [
    ['hapi.Handler', 'ReturnValue', 'xss'],
    ['hapi.Handler', 'ReturnValue', 'leak'],
    ['hapi.Handler', 'ReturnValue.AnyMember', 'leak'],
    ['hapi.Toolkit', 'Member[response].Argument[0]', 'xss'],
    ['hapi.Toolkit', 'Member[response].Argument[0]', 'leak'],
    ['hapi.Toolkit', 'Member[response].Argument[0].AnyMember', 'leak'],
    ['hapi.Toolkit', 'Member[redirect].Argument[0]', 'redirect'],
    ['hapi.Toolkit', 'Member[view].Argument[0]', 'path'],
    ['hapi.Toolkit', 'Member[view].Argument[1]', 'template'],
  ],
  presence: [{ packages: ['hapi'], isServer: true }],
  traits: [
    ['hapi.Request', '', 'passed-to-handlers'],
    ['hapi.Toolkit', '', 'passed-to-handlers'],
  ],
};
