// Pyramid 2.0.2, WebOb 1.8.10; read in Debian 13's packages.
import type { Models } from '../../models/model.ts';

/** Models of Pyramid, and of WebOb, its base. A view receives the request, or the context and the request. */
export const pyramid: Models = {
  language: 'python',
  types: [
    ['webob.Request', 'webob', 'Member[Request,BaseRequest].Instance'],
    ['webob.Request', 'pyramid.request', 'Member[Request].Instance'],
    [
      'webob.Request',
      'pyramid.view',
      'Member[view_config,notfound_view_config,forbidden_view_config].ReturnValue.Argument[0].Parameter[0,request:]',
    ],
    [
      'webob.Request',
      'pyramid.view',
      'Member[exception_view_config].ReturnValue.Argument[0].Parameter[1,request:]',
    ],
    [
      'webob.Request',
      'pyramid.config',
      'Member[Configurator].Instance.Member[add_view].Argument[0,view:].Parameter[0,request:]',
    ],
    ['webob.Request', 'pyramid.view', 'Member[view_defaults].ReturnValue.Argument[0].Parameter[0,request:]'],
    ['webob.Request', 'pyramid.threadlocal', 'Member[get_current_request].ReturnValue'],
    ['webob.MultiDict', 'webob.Request', 'Member[GET,POST,params,cookies,headers,matchdict]'],
    ['webob.ResponseClass', 'webob', 'Member[Response]'],
    ['webob.ResponseClass', 'pyramid.response', 'Member[Response]'],
    ['webob.Response', 'webob.ResponseClass', 'Instance'],
    ['webob.Response', 'webob.Request', 'Member[response]'],
    ['webob.Session', 'webob.Request', 'Member[session]'],
  ],
  sources: [
    [
      'webob.Request',
      'Member[GET,POST,params,cookies,headers,body,body_file,text,json,json_body,matchdict,subpath,traversed,path,path_info,path_qs,path_url,url,query_string,host,host_url,referer,referrer,user_agent,environ]',
      'remote',
    ],
  ],
  sinks: [
    [
      'webob.ResponseClass',
      'Argument[0,body:,text:]',
      'xss',
      {
        at: 'Argument[4,content_type:]',
        is: ['text/html', 'application/xhtml+xml', 'image/svg+xml'],
        orAbsent: true,
      },
    ],
    ['webob.ResponseClass', 'Argument[0,body:,text:]', 'leak'],
    ['webob.ResponseClass', 'Argument[json:,json_body:]', 'leak'],
    ['webob.Response', 'Member[body,text,unicode_body,ubody]', 'xss'],
    ['webob.Response', 'Member[body,text,unicode_body,ubody]', 'leak'],
    ['webob.Response', 'Member[write].Argument[0,text:]', 'xss'],
    ['webob.Response', 'Member[headers].AnyMember', 'header'],
    ['webob.Response', 'Member[location]', 'redirect'],
    ['webob.Response', 'Member[headers].Member[Location,location]', 'redirect'],
    [
      'pyramid.httpexceptions',
      'Member[HTTPFound,HTTPMovedPermanently,HTTPSeeOther,HTTPTemporaryRedirect,HTTPPermanentRedirect].Argument[0,location:]',
      'redirect',
    ],
    [
      'webob.exc',
      'Member[HTTPFound,HTTPMovedPermanently,HTTPSeeOther,HTTPTemporaryRedirect].Argument[location:]',
      'redirect',
    ],
    ['pyramid.response', 'Member[FileResponse,FileIter].Argument[0,path:,file:]', 'path'],
    ['pyramid.renderers', 'Member[render,render_to_response].Argument[0,renderer_name:]', 'path'],
    ['webob.Session', 'AnyMember', 'trust'],
  ],
  summaries: [
    [
      'webob.MultiDict',
      'Member[get,getall,getone,mixed,dict_of_lists,items,values,keys,copy]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['webob.MultiDict', 'Member[get]', 'Argument[1,default:]', 'ReturnValue', 'value'],
  ],
  sanitizers: [
    [
      'webob.Request',
      'Member[path,path_info,path_qs,path_url,url,host_url,host,referer,referrer]',
      ['redirect'],
    ],
    [
      'webob.Request',
      'Member[route_url,route_path,current_route_url,current_route_path,resource_url,resource_path,static_url,static_path].ReturnValue',
      ['xss', 'ssrf', 'redirect', 'header', 'log'],
    ],
    ['pyramid.renderers', 'Member[render,render_to_response].ReturnValue', ['xss']],
    ['webob.ResponseClass', 'ReturnValue', ['xss', 'leak']],
  ],
  traits: [
    ['webob.Request', '', 'is-request'],
    ['webob.ResponseClass', '', 'takes-headers-by-name'],
  ],
};
