// Bottle 0.13.2; read in Debian 13's package.
import type { Models } from '../../models/model.ts';

/**
 * Models of Bottle. Header values are no sinks, because Bottle rejects line breaks in them. The file name of `static_file`
 * is no sink, because Bottle serves no file outside the root folder that the call gives. The `filename` of an upload is no
 * source, because Bottle sanitises it.
 */
export const bottle: Models = {
  language: 'python',
  types: [
    ['bottle.App', 'bottle', 'Member[Bottle].Instance'],
    ['bottle.App', 'bottle', 'Member[default_app,app].ReturnValue'],
    ['bottle.Request', 'bottle', 'Member[request,local_request]'],
    ['bottle.Request', 'bottle', 'Member[BaseRequest,LocalRequest,Request].Instance'],
    ['bottle.Response', 'bottle', 'Member[response]'],
    ['bottle.Response', 'bottle', 'Member[HTTPResponse,HTTPError,Response].Instance'],
    [
      'bottle.FormsDict',
      'bottle.Request',
      'Member[query,GET,forms,POST,params,files,cookies,headers,url_args]',
    ],
    ['bottle.FileUpload', 'bottle.Request', 'Member[files].AnyMember'],
    ['bottle.FileUpload', 'bottle.Request', 'Member[files].Member[get,getone].ReturnValue'],
  ],
  sources: [
    [
      'bottle.Request',
      'Member[query,GET,forms,POST,params,files,json,body,cookies,headers,query_string,path,fullpath,url,urlparts,url_args,environ,content_type]',
      'remote',
    ],
    ['bottle.Request', 'Member[get_header,get_cookie].ReturnValue', 'remote'],
    ['bottle.FileUpload', 'Member[raw_filename,filename,file,content_type]', 'remote'],
    ['bottle', 'Member[route,get,post,put,delete,patch].ReturnValue.Argument[0].Parameter[0..]', 'remote'],
    [
      'bottle.App',
      'Member[route,get,post,put,delete,patch].ReturnValue.Argument[0].Parameter[0..]',
      'remote',
    ],
    ['bottle.App', 'Member[route].Argument[2,callback:].Parameter[0..]', 'remote'],
  ],
  sinks: [
    ['bottle', 'Member[route,get,post,put,delete,patch].ReturnValue.Argument[0].ReturnValue', 'xss'],
    ['bottle', 'Member[route,get,post,put,delete,patch].ReturnValue.Argument[0].ReturnValue', 'leak'],
    ['bottle.App', 'Member[route,get,post,put,delete,patch].ReturnValue.Argument[0].ReturnValue', 'xss'],
    ['bottle.App', 'Member[route,get,post,put,delete,patch].ReturnValue.Argument[0].ReturnValue', 'leak'],
    ['bottle.App', 'Member[route].Argument[2,callback:].ReturnValue', 'xss'],
    ['bottle', 'Member[error].ReturnValue.Argument[0].ReturnValue', 'xss'],
    ['bottle', 'Member[error].ReturnValue.Argument[0].ReturnValue', 'leak'],
    ['bottle.App', 'Member[error].ReturnValue.Argument[0].ReturnValue', 'xss'],
    ['bottle.App', 'Member[error].ReturnValue.Argument[0].ReturnValue', 'leak'],
    ['bottle', 'Member[HTTPResponse].Argument[0,body:]', 'xss'],
    ['bottle', 'Member[HTTPResponse].Argument[0,body:]', 'leak'],
    ['bottle.Response', 'Member[body]', 'xss'],
    ['bottle.Response', 'Member[body]', 'leak'],
    ['bottle', 'Member[abort].Argument[1,text:]', 'leak'],
    ['bottle', 'Member[redirect].Argument[0,url:]', 'redirect'],
    ['bottle', 'Member[static_file].Argument[1,root:]', 'path'],
    // A string with a line break, a brace or a percent sign is the template itself, not its name.
    ['bottle', 'Member[template,mako_template,cheetah_template,jinja2_template].Argument[0]', 'template'],
    ['bottle', 'Member[SimpleTemplate,MakoTemplate,Jinja2Template].Argument[0,source:]', 'template'],
    ['bottle.FileUpload', 'Member[save].Argument[0,destination:]', 'path'],
    ['bottle.FileUpload', 'Member[save].Argument[0,destination:]', 'upload'],
  ],
  summaries: [
    [
      'bottle.FormsDict',
      'Member[get,getall,getlist,getone,getfirst,getunicode,decode,items,values,keys,allitems,dict]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['bottle.FormsDict', 'Member[get,getunicode]', 'Argument[1,default:]', 'ReturnValue', 'value'],
  ],
  sanitizers: [
    ['bottle.Request', 'Member[path,fullpath,url,urlparts]', ['redirect']],
    ['bottle.FileUpload', 'Member[filename]', ['path', 'header', 'log', 'xss']],
    ['bottle', 'Member[html_escape,html_quote].ReturnValue', ['xss']],
    ['bottle', 'Member[template,mako_template,cheetah_template,jinja2_template].ReturnValue', ['xss']],
    ['bottle', 'Member[HTTPResponse,static_file].ReturnValue', ['xss', 'leak']],
  ],
  traits: [
    ['bottle.Request', '', 'is-request'],
    ['bottle.App', '', 'registers-routes', 'deep'],
  ],
};
