// Sanic 24.x; from its documentation and use (not packaged in Debian 13).
import type { Models } from '../../models/model.ts';

export const sanic: Models = {
  language: 'python',
  types: [
    ['sanic.App', 'sanic', 'Member[Sanic,Blueprint].Instance'],
    ['sanic.App', 'sanic.app', 'Member[Sanic].Instance'],
    ['sanic.App', 'sanic.blueprints', 'Member[Blueprint].Instance'],
    ['sanic.Request', 'sanic', 'Member[Request].Instance'],
    ['sanic.Request', 'sanic.request', 'Member[Request].Instance'],
    [
      'sanic.Request',
      'sanic.App',
      'Member[route,get,post,put,patch,delete,head,options,websocket,exception].ReturnValue.Argument[0].Parameter[0]',
    ],
    ['sanic.Request', 'sanic.App', 'Member[middleware,on_request].ReturnValue.Argument[0].Parameter[0]'],
    ['sanic.Request', 'sanic.App', 'Member[add_route].Argument[0,handler:].Parameter[0]'],
    ['sanic.Request', 'sanic.View', 'Member[get,post,put,patch,delete].Parameter[0]'],
    ['sanic.View', 'sanic.views', 'Member[HTTPMethodView].Instance'],
    ['sanic.MultiDict', 'sanic.Request', 'Member[args,form,files,headers,cookies]'],
    ['sanic.File', 'sanic.Request', 'Member[files].AnyMember'],
    ['sanic.File', 'sanic.Request', 'Member[files].Member[get].ReturnValue'],
    ['sanic.Response', 'sanic', 'Member[html,text,json,HTTPResponse].ReturnValue'],
    ['sanic.Response', 'sanic.response', 'Member[html,text,json,raw,HTTPResponse].ReturnValue'],
  ],
  sources: [
    [
      'sanic.Request',
      'Member[args,query_args,form,files,json,body,headers,cookies,query_string,path,url,raw_url,match_info,host]',
      'remote',
    ],
    ['sanic.Request', 'Member[get_args,get_query_args,get_form].ReturnValue', 'remote'],
    ['sanic.File', 'Member[name,body,type]', 'remote'],
    [
      'sanic.App',
      'Member[route,get,post,put,patch,delete,head,options].ReturnValue.Argument[0].Parameter[1..]',
      'remote',
    ],
    ['sanic.View', 'Member[get,post,put,patch,delete].Parameter[1..]', 'remote'],
    [
      'sanic.App',
      'Member[websocket].ReturnValue.Argument[0].Parameter[1].Member[recv].ReturnValue',
      'remote',
    ],
  ],
  sinks: [
    ['sanic', 'Member[html].Argument[0,body:]', 'xss'],
    ['sanic', 'Member[html].Argument[0,body:]', 'leak'],
    ['sanic.response', 'Member[html].Argument[0,body:]', 'xss'],
    ['sanic.response', 'Member[html].Argument[0,body:]', 'leak'],
    ['sanic', 'Member[text,json].Argument[0,body:]', 'leak'],
    ['sanic.response', 'Member[text,json].Argument[0,body:]', 'leak'],
    [
      'sanic',
      'Member[HTTPResponse].Argument[0,body:]',
      'xss',
      { at: 'Argument[content_type:]', is: ['text/html', 'text/html; charset=utf-8'] },
    ],
    [
      'sanic.response',
      'Member[HTTPResponse].Argument[0,body:]',
      'xss',
      { at: 'Argument[content_type:]', is: ['text/html', 'text/html; charset=utf-8'] },
    ],
    ['sanic', 'Member[redirect].Argument[0,to:]', 'redirect'],
    ['sanic.response', 'Member[redirect].Argument[0,to:]', 'redirect'],
    ['sanic', 'Member[file,file_stream].Argument[0,location:]', 'path'],
    ['sanic.response', 'Member[file,file_stream].Argument[0,location:]', 'path'],
    ['sanic.Response', 'Member[headers].AnyMember', 'header'],
  ],
  summaries: [
    [
      'sanic.MultiDict',
      'Member[get,getlist,getone,getall,items,values,keys]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['sanic.MultiDict', 'Member[get]', 'Argument[1,default:]', 'ReturnValue', 'value'],
  ],
  sanitizers: [
    ['sanic.Request', 'Member[path,url,raw_url,host]', ['redirect']],
    ['sanic.App', 'Member[url_for].ReturnValue', ['xss', 'ssrf', 'redirect', 'header', 'log']],
    ['sanic', 'Member[html,text,json,redirect].ReturnValue', ['xss', 'leak']],
    ['sanic.response', 'Member[html,text,json,redirect].ReturnValue', ['xss', 'leak']],
  ],
};
