/**
 * axios 1, got 11 to 14, undici 5 to 7, node-fetch 2 and 3, cross-fetch, request 2, superagent, needle, ky, bent,
 * phin, ofetch. Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

const verbs = 'get,post,put,patch,delete,head,options,del,request,stream,paginate';
const clients = [
  'node-fetch',
  'cross-fetch',
  'isomorphic-fetch',
  'isomorphic-unfetch',
  'node-fetch-native',
  'make-fetch-happen',
  'minipass-fetch',
  'fetch-cookie',
  'ofetch',
  'ky',
  'ky-universal',
  'got',
  'request',
  'request-promise',
  'request-promise-native',
  'superagent',
  'needle',
  'phin',
  'urllib',
  'simple-get',
  'popsicle',
  'download',
];

/** Bulwark's agent refuses hosts that are not public. */
function unguarded(options: number): Condition {
  return {
    at: `Argument[${options}].Member[agent,httpsAgent,httpAgent,dispatcher]`,
    isApi: [['bulwark.Agent', '']],
    not: true,
  };
}

export const httpClients: Models = {
  language: 'javascript',
  types: [
    ['axios.Instance', 'axios', ''],
    ['axios.Instance', 'axios', 'Member[create].ReturnValue'],
    ['axios.Instance', 'axios', 'Member[AxiosInstance,AxiosStatic].Instance'],
    ...clients.map((name) => ['client.Function', name, ''] as const),
    ['client.Function', 'got', 'Member[got,extend].ReturnValue'],
    ['client.Function', 'got', 'Member[got]'],
    ['client.Function', 'ky', 'Member[create,extend].ReturnValue'],
    ['client.Function', 'ofetch', 'Member[ofetch,$fetch]'],
    ['client.Function', 'cross-fetch', 'Member[fetch]'],
    ['client.Function', 'request', 'Member[defaults].ReturnValue'],
    ['client.Function', 'superagent', 'Member[agent].ReturnValue'],
    ['client.Function', 'undici', 'Member[fetch,request,stream,pipeline,connect,upgrade]'],
    ['web.Answer', 'node-fetch', 'ReturnValue'],
    ['web.Answer', 'cross-fetch', 'ReturnValue'],
    ['web.Answer', 'undici', 'Member[fetch].ReturnValue'],
  ],
  sources: [
    ['axios.Instance', 'ReturnValue.Member[data]', 'stored'],
    ['axios.Instance', 'Member[get,post,put,patch,delete,request].ReturnValue.Member[data]', 'stored'],
    ['got', 'ReturnValue.Member[body]', 'stored'],
    ['got', 'Member[get,post].ReturnValue.Member[body]', 'stored'],
    ['request', 'Argument[1].Parameter[2]', 'stored'],
    ['request', 'Member[get,post].Argument[1].Parameter[2]', 'stored'],
    ['ky', 'ReturnValue.Member[json,text].ReturnValue', 'stored'],
    ['ky', 'Member[get,post,put].ReturnValue.Member[json,text].ReturnValue', 'stored'],
  ],
  sinks: [
    ['axios.Instance', 'Argument[0]', 'ssrf', unguarded(1)],
    ['axios.Instance', 'Argument[0].Member[url,baseURL]', 'ssrf', unguarded(0)],
    ['axios.Instance', 'Member[request,create].Argument[0].Member[url,baseURL]', 'ssrf'],
    ['axios.Instance', 'Member[get,delete,head,options].Argument[0]', 'ssrf', unguarded(1)],
    ['client.Function', 'Argument[1].Member[prefixUrl,baseURL,baseUrl]', 'ssrf', unguarded(1)],
    [
      'client.Function',
      'Member[get,post,put,patch,delete,head].Argument[1].Member[prefixUrl,baseURL,baseUrl]',
      'ssrf',
      unguarded(1),
    ],
    [
      'client.Function',
      'Member[extend,create,defaults].Argument[0].Member[prefixUrl,baseURL,baseUrl]',
      'ssrf',
    ],
    ['axios.Instance', 'Member[post,put,patch,postForm,putForm,patchForm].Argument[0]', 'ssrf', unguarded(2)],
    ['axios.Instance', 'Member[get,delete,head,options].Argument[1].Member[baseURL]', 'ssrf'],
    ['axios.Instance', 'Member[post,put,patch].Argument[2].Member[baseURL]', 'ssrf'],
    ['client.Function', 'Argument[0]', 'ssrf', unguarded(1)],
    [
      'client.Function',
      'Argument[0].Member[url,uri,host,hostname,baseUrl,prefixUrl,baseURL]',
      'ssrf',
      unguarded(1),
    ],
    ['client.Function', 'Argument[1].Member[prefixUrl,baseURL,baseUrl]', 'ssrf'],
    ['client.Function', `Member[${verbs}].Argument[0]`, 'ssrf', unguarded(1)],
    ['client.Function', `Member[${verbs}].Argument[0].Member[url,uri,host,hostname,baseUrl]`, 'ssrf'],
    ['needle', 'Argument[1]', 'ssrf'],
    ['superagent', 'Argument[1]', 'ssrf'],
    ['undici', 'Member[Client,Pool].Argument[0]', 'ssrf'],
    ['undici', 'Member[Client,Pool].Instance.Member[request].Argument[0].Member[origin]', 'ssrf'],
    ['bent', 'Argument[0]', 'ssrf'],
    ['link-preview-js', 'Member[getLinkPreview].Argument[0]', 'ssrf'],
    ['open-graph-scraper', 'Argument[0].Member[url]', 'ssrf'],
    ['soap', 'Member[createClient,createClientAsync].Argument[0]', 'ssrf'],
    ['jsdom', 'Member[JSDOM].Member[fromURL].Argument[0]', 'ssrf'],
  ],
};
