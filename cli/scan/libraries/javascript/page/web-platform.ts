/**
 * APIs that browsers, Node, Deno, Bun and workers share: fetch, Request, Response, FormData, the console. Documentation:
 * https://developer.mozilla.org/docs/Web/API/Fetch_API
 */
import type { Models } from '../../../models/model.ts';

export const webPlatform: Models = {
  language: 'javascript',
  types: [
    ['web.Request', 'global', 'Member[Request].Instance'],
    ['web.Request', 'undici', 'Member[Request].Instance'],
    ['web.FormData', 'global', 'Member[FormData].Instance'],
    ['web.FormData', 'web.Request', 'Member[formData].ReturnValue'],
    ['web.Fetch', 'global', 'Member[fetch]'],
    ['web.Fetch', 'global', 'Member[window,self,globalThis].Member[fetch]'],
    ['web.Answer', 'web.Fetch', 'ReturnValue'],
    ['web.Request', 'global', 'Member[Bun,Deno].Member[serve].Argument[0,1].Parameter[0]'],
    ['web.Request', 'global', 'Member[Bun].Member[serve].Argument[0].Member[fetch].Parameter[0]'],
    ['web.ResponseClass', 'global', 'Member[Response]'],
    ['web.Url', 'global', 'Member[URL].Instance'],
    ['web.Url', 'global', 'Member[window,self,globalThis].Member[URL].Instance'],
    ['web.Url', 'url', 'Member[URL].Instance'],
  ],
  sources: [
    ['web.Request', 'Member[url,headers,body]', 'remote'],
    ['web.Request', 'Member[json,text,formData,arrayBuffer,blob,bytes].ReturnValue', 'remote'],
    ['web.FormData', 'Member[get,getAll,entries,values].ReturnValue', 'remote'],
    // The response of another server is not markup of this site.
    ['web.Answer', 'Member[json,text].ReturnValue', 'stored'],
  ],
  sinks: [
    ['web.Fetch', 'Argument[0]', 'ssrf'],
    ['web.Fetch', 'Argument[0].Member[url]', 'ssrf'],
    // Markup if its headers say so.
    ['web.ResponseClass', 'Argument[0]', 'xss'],
    ['web.ResponseClass', 'Argument[0]', 'csv', { at: '', answers: 'csv' }],
    ['web.ResponseClass', 'Argument[0]', 'leak'],
    ['web.ResponseClass', 'Argument[1].Member[headers].Member[Location,location]', 'redirect'],
    ['web.ResponseClass', 'Member[redirect].Argument[0]', 'redirect'],
    ['web.ResponseClass', 'Member[json].Argument[0]', 'leak'],
    ['web.ResponseClass', 'Member[json].Argument[0].AnyMember', 'leak'],
    ['web.ResponseClass', 'Member[json].Argument[0].AnyMember.AnyMember', 'leak'],
  ],
  sanitizers: [
    // A host contains no `<` with any scheme, but may contain quotes. An origin contains a host, or is `null`.
    ['web.Url', 'Member[hostname,host,origin,protocol]', 'tags'],
    // Letters, digits, `+`, `-` and `.`.
    ['web.Url', 'Member[protocol]', ['xss']],
    ['web.Url', 'Member[port]', 'all'],
  ],
  guesses: [
    ['web.Request', ['request', 'req']],
    ['web.FormData', ['formData']],
  ],
  traits: [['web.Request', '', 'may-be-made-here', 'deep']],
};
