// Falcon 3.1.1; read in Debian 13's package.
import type { Models } from '../../models/model.ts';

const responders = 'on_get,on_post,on_put,on_patch,on_delete,on_head,on_options,on_request';

/**
 * Models of Falcon. Its resources are plain classes. If the parameters of `on_get` and similar methods have no declared types,
 * they are recognised by their names, `req` and `resp`.
 */
export const falcon: Models = {
  language: 'python',
  types: [
    ['falcon.Request', 'falcon', 'Member[Request].Instance'],
    ['falcon.Request', 'falcon.asgi', 'Member[Request].Instance'],
    ['falcon.Response', 'falcon', 'Member[Response].Instance'],
    ['falcon.Response', 'falcon.asgi', 'Member[Response].Instance'],
    ['falcon.NamedRequest', 'falcon.Request', 'Member[context].Member[request]'],
    ['falcon.NamedResponse', 'falcon.Response', 'Member[context].Member[response]'],
    ['falcon.App', 'falcon', 'Member[App,API].Instance'],
    ['falcon.App', 'falcon.asgi', 'Member[App].Instance'],
    [
      'falcon.Request',
      'falcon.App',
      `Member[add_route].Argument[1,resource:].Member[${responders}].Parameter[0]`,
    ],
    [
      'falcon.Response',
      'falcon.App',
      `Member[add_route].Argument[1,resource:].Member[${responders}].Parameter[1]`,
    ],
    ['falcon.Request', 'falcon.App', 'Member[add_sink].Argument[0,sink:].Parameter[0]'],
    ['falcon.Response', 'falcon.App', 'Member[add_sink].Argument[0,sink:].Parameter[1]'],
  ],
  sources: [
    // Other libraries call a client's request `req`: only Falcon's has these members.
    ['falcon.NamedRequest', 'Member[media,bounded_stream]', 'remote'],
    [
      'falcon.NamedRequest',
      'Member[get_param,get_param_as_list,get_param_as_json,get_media,get_cookie_values].ReturnValue',
      'remote',
    ],
    [
      'falcon.Request',
      'Member[params,media,stream,bounded_stream,query_string,headers,cookies,path,uri,url,relative_uri,host,referer,user_agent,env,content_type]',
      'remote',
    ],
    [
      'falcon.Request',
      'Member[get_param,get_param_as_list,get_param_as_json,get_header,get_media,get_cookie_values].ReturnValue',
      'remote',
    ],
    ['falcon.App', `Member[add_route].Argument[1,resource:].Member[${responders}].Parameter[2..]`, 'remote'],
  ],
  sinks: [
    ['falcon.NamedResponse', 'Member[append_header].Argument[0,1,name:,value:]', 'header'],
    ['falcon.NamedResponse', 'Member[media]', 'leak'],
    ['falcon.Response', 'Member[text,body,data]', 'leak'],
    ['falcon.Response', 'Member[text,body,data]', 'xss'],
    ['falcon.Response', 'Member[media]', 'leak'],
    ['falcon.Response', 'Member[set_header,append_header].Argument[0,1,name:,value:]', 'header'],
    ['falcon.Response', 'Member[location]', 'redirect'],
    [
      'falcon',
      'Member[HTTPFound,HTTPMovedPermanently,HTTPSeeOther,HTTPTemporaryRedirect,HTTPPermanentRedirect].Argument[0,location:]',
      'redirect',
    ],
  ],
  sanitizers: [['falcon.Request', 'Member[path,uri,url,relative_uri,host,referer]', ['redirect']]],
  guesses: [
    ['falcon.NamedRequest', ['req']],
    ['falcon.NamedResponse', ['resp']],
  ],
  traits: [
    ['falcon.NamedRequest', '', 'is-request'],
    ['falcon.Request', '', 'is-request'],
  ],
};
