// CherryPy 18.10.0; read in Debian 13's package.
import type { Models } from '../../models/model.ts';

/** Models of CherryPy. Its exposed methods receive the parameters of the request, and return HTML. */
export const cherrypy: Models = {
  language: 'python',
  types: [
    ['cherrypy.Request', 'cherrypy', 'Member[request]'],
    ['cherrypy.Response', 'cherrypy', 'Member[response]'],
    ['cherrypy.Session', 'cherrypy', 'Member[session]'],
    ['cherrypy.exposed', 'cherrypy', 'Member[expose].Argument[0]'],
    ['cherrypy.exposed', 'cherrypy', 'Member[expose].ReturnValue.Argument[0]'],
  ],
  sources: [
    ['cherrypy.exposed', 'Parameter[0..]', 'remote'],
    [
      'cherrypy.Request',
      'Member[params,body,body_params,json,headers,cookie,query_string,path_info,request_line,remote]',
      'remote',
    ],
  ],
  sinks: [
    ['cherrypy.exposed', 'ReturnValue', 'xss'],
    ['cherrypy.exposed', 'ReturnValue', 'leak'],
    ['cherrypy.Response', 'Member[body]', 'xss'],
    ['cherrypy.Response', 'Member[body]', 'leak'],
    ['cherrypy.Response', 'Member[headers].AnyMember', 'header'],
    ['cherrypy', 'Member[HTTPRedirect].Argument[0,urls:]', 'redirect'],
    ['cherrypy.lib.static', 'Member[serve_file,serve_download].Argument[0,path:]', 'path'],
    ['cherrypy.Session', 'AnyMember', 'trust'],
  ],
  sanitizers: [['cherrypy.Request', 'Member[path_info]', ['redirect']]],
  traits: [['cherrypy.Request', '', 'is-request']],
};
