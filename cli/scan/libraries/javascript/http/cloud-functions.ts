/**
 * Functions that clouds call: Firebase 4 to 6, Google's functions framework 3, Azure 3 and 4. Documentation:
 * https://firebase.google.com/docs/functions/http-events,
 * https://learn.microsoft.com/azure/azure-functions/functions-reference-node
 */
import type { Models } from '../../../models/model.ts';

const firebase = ['firebase-functions', 'firebase-functions/v1', 'firebase-functions/v2'];
const firebaseHttps = [
  'firebase-functions/https',
  'firebase-functions/v1/https',
  'firebase-functions/v2/https',
];

export const cloudFunctions: Models = {
  language: 'javascript',
  types: [
    ...firebase.flatMap((name) => [
      ['firebase.Https', name, 'Member[https]'] as const,
      ['firebase.Https', name, 'Member[region,runWith].ReturnValue.Member[https]'] as const,
      [
        'firebase.Https',
        name,
        'Member[region].ReturnValue.Member[runWith].ReturnValue.Member[https]',
      ] as const,
    ]),
    ...firebaseHttps.map((name) => ['firebase.Https', name, ''] as const),
    ['express.Handler', 'firebase.Https', 'Member[onRequest].Argument[0,1]'],
    ['express.Handler', '@google-cloud/functions-framework', 'Member[http].Argument[1]'],
    ['azure.Request', '@azure/functions', 'Member[HttpRequest].Instance'],
    ['azure.Request', '@azure/functions', 'Member[AzureFunction].Instance.Parameter[1]'],
    [
      'azure.Handler',
      '@azure/functions',
      'Member[app].Member[http,get,post,put,patch,deleteRequest].Argument[1].Member[handler]',
    ],
    ['azure.Handler', '@azure/functions', 'Member[app].Member[get,post,put,patch].Argument[1]'],
    ['azure.Request', 'azure.Handler', 'Parameter[0]'],
    ['azure.Answer', 'azure.Handler', 'ReturnValue'],
  ],
  sinks: [
    // Markup only if its headers say so.
    ['azure.Answer', 'Member[body]', 'xss'],
    ['azure.Answer', 'Member[headers].Member[Location,location]', 'redirect'],
  ],
  sources: [
    ['firebase.Https', 'Member[onCall].Argument[0].Parameter[0]', 'remote'],
    ['firebase.Https', 'Member[onCall].Argument[1].Parameter[0].Member[data]', 'remote'],
    ['azure.Request', 'Member[query,params,headers,body,rawBody,url]', 'remote'],
    ['azure.Request', 'Member[json,text,formData,arrayBuffer].ReturnValue', 'remote'],
  ],
};
