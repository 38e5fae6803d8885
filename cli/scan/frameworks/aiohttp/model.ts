// aiohttp 3.11.16; read in Debian 13's package.
import type { Models } from '../../models/model.ts';

/**
 * Models of aiohttp, server and client. Headers are no sinks here, because aiohttp rejects line breaks when it writes them.
 */
export const aiohttp: Models = {
  language: 'python',
  types: [
    ['aiohttp.Request', 'aiohttp.web', 'Member[Request,BaseRequest].Instance'],
    ['aiohttp.Request', 'aiohttp.web_request', 'Member[Request,BaseRequest].Instance'],
    [
      'aiohttp.Request',
      'aiohttp.Routes',
      'Member[get,post,put,patch,delete,head,options,view].ReturnValue.Argument[0].Parameter[0]',
    ],
    ['aiohttp.Request', 'aiohttp.Routes', 'Member[route].ReturnValue.Argument[0].Parameter[0]'],
    ['aiohttp.Routes', 'aiohttp.web', 'Member[RouteTableDef].Instance'],
    // The content of an application (`app['pool']`) is shared by its handlers and its start-up code.
    ['aiohttp.Application', 'aiohttp.web', 'Member[Application].Instance'],
    ['aiohttp.Application', 'aiohttp.Request', 'Member[app,config_dict]'],
    [
      'aiohttp.Application',
      'aiohttp.Application',
      'Member[on_startup,on_shutdown,on_cleanup,cleanup_ctx].Member[append].Argument[0].Parameter[0]',
    ],
    ['aiohttp.Router', 'aiohttp.Application', 'Member[router]'],
    [
      'aiohttp.Request',
      'aiohttp.Router',
      'Member[add_get,add_post,add_put,add_patch,add_delete,add_head].Argument[1,handler:].Parameter[0]',
    ],
    ['aiohttp.Request', 'aiohttp.Router', 'Member[add_route].Argument[2,handler:].Parameter[0]'],
    [
      'aiohttp.Request',
      'aiohttp.web',
      'Member[get,post,put,patch,delete,head].Argument[1,handler:].Parameter[0]',
    ],
    ['aiohttp.Request', 'aiohttp.web', 'Member[route].Argument[2,handler:].Parameter[0]'],
    ['aiohttp.Request', 'aiohttp.web', 'Member[middleware].Argument[0].Parameter[0]'],
    ['aiohttp.Request', 'aiohttp.View', 'Member[request]'],
    ['aiohttp.View', 'aiohttp.web', 'Member[View].Instance'],
    ['aiohttp.MultiDict', 'aiohttp.Request', 'Member[query,rel_url,match_info,headers,cookies]'],
    ['aiohttp.MultiDict', 'aiohttp.Request', 'Member[post].ReturnValue'],
    ['aiohttp.MultiDict', 'aiohttp.Request', 'Member[rel_url].Member[query]'],
    ['aiohttp.WebSocketResponse', 'aiohttp.web', 'Member[WebSocketResponse].Instance'],
    ['aiohttp.ClientSession', 'aiohttp', 'Member[ClientSession].Instance'],
    ['aiohttp.ClientSession', 'aiohttp.client', 'Member[ClientSession].Instance'],
    ['aiohttp.Session', 'aiohttp_session', 'Member[get_session,new_session].ReturnValue'],
  ],
  sources: [
    [
      'aiohttp.Request',
      'Member[query,query_string,rel_url,url,match_info,headers,raw_headers,cookies,path,path_qs,raw_path,content,host]',
      'remote',
    ],
    ['aiohttp.Request', 'Member[post,json,text,read,multipart].ReturnValue', 'remote'],
    [
      'aiohttp.WebSocketResponse',
      'Member[receive,receive_str,receive_bytes,receive_json].ReturnValue',
      'remote',
    ],
    ['aiohttp.WebSocketResponse', 'AnyMember.Member[data]', 'remote'],
  ],
  sinks: [
    [
      'aiohttp.web',
      'Member[Response].Argument[body:,text:]',
      'xss',
      { at: 'Argument[content_type:]', is: ['text/html', 'application/xhtml+xml', 'image/svg+xml'] },
    ],
    ['aiohttp.web', 'Member[Response].Argument[body:,text:]', 'leak'],
    ['aiohttp.web', 'Member[Response].Argument[body:,text:]', 'csv', { at: '', answers: 'csv' }],
    [
      'aiohttp.web',
      'Member[HTTPInternalServerError,HTTPBadRequest,HTTPNotFound,HTTPForbidden,HTTPUnauthorized,HTTPConflict,HTTPUnprocessableEntity,HTTPBadGateway,HTTPServiceUnavailable,HTTPGatewayTimeout].Argument[reason:,body:,text:]',
      'leak',
    ],
    ['aiohttp.web', 'Member[json_response].Argument[0,data:,text:,body:]', 'leak'],
    [
      'aiohttp.web',
      'Member[HTTPFound,HTTPMovedPermanently,HTTPSeeOther,HTTPTemporaryRedirect,HTTPPermanentRedirect,HTTPUseProxy].Argument[0,location:]',
      'redirect',
    ],
    [
      'aiohttp.web',
      'Member[Response,HTTPFound,HTTPSeeOther].Argument[headers:].Member[Location,location]',
      'redirect',
    ],
    ['aiohttp.web', 'Member[FileResponse].Argument[0,path:]', 'path'],
    [
      'aiohttp.ClientSession',
      'Member[get,post,put,patch,delete,head,options,ws_connect].Argument[0,url:]',
      'ssrf',
    ],
    ['aiohttp.ClientSession', 'Member[request].Argument[1,url:]', 'ssrf'],
    ['aiohttp', 'Member[request].Argument[1,url:]', 'ssrf'],
    ['aiohttp', 'Member[ClientSession].Argument[0,base_url:]', 'ssrf'],
    ['aiohttp.Session', 'AnyMember', 'trust'],
  ],
  summaries: [
    [
      'aiohttp.MultiDict',
      'Member[get,getone,getall,items,values,keys,copy]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['aiohttp.MultiDict', 'Member[get,getone]', 'Argument[1,default:]', 'ReturnValue', 'value'],
    ['yarl', 'Member[URL]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    // Parts of the path that the router has matched.
    ['aiohttp.Request', 'Member[match_info].Member[handler].Member[__name__,__qualname__,__module__]', 'all'],
    // Strings, which contain no operators of a document store's filter.
    ['aiohttp.MultiDict', 'AnyMember', ['nosql']],
    ['aiohttp.MultiDict', 'Member[get,getone].ReturnValue', ['nosql']],
    // A redirect to the path of the request's own address stays on the site.
    ['aiohttp.Request', 'Member[path,path_qs,raw_path,host]', ['redirect']],
    ['aiohttp.Request', 'Member[rel_url,url].Member[path,path_qs,raw_path,host]', ['redirect']],
    ['aiohttp.web', 'Member[Response,json_response,FileResponse].ReturnValue', ['xss', 'leak']],
    ['aiohttp_jinja2', 'Member[render_template,render_string].ReturnValue', ['xss']],
  ],
  traits: [
    ['aiohttp.Request', '', 'is-request'],
    ['multidict', '', 'entries-by-get', 'deep'],
    ['aiohttp.Application', '', 'decodes-path-parts', 'deep'],
    ['aiohttp.Request', '', 'decodes-path-parts', 'deep'],
    ['aiohttp.MultiDict', '', 'decodes-path-parts', 'deep'],
    ['aiohttp.Router', '', 'decodes-path-parts', 'deep'],
    ['aiohttp.web', '', 'decodes-path-parts', 'deep'],
    ['aiohttp.Routes', '', 'decodes-path-parts', 'deep'],
    ['aiohttp.View', '', 'decodes-path-parts', 'deep'],
  ],
};
