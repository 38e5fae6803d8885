/**
 * Functions that clouds call: Google's functions framework 3, azure-functions 1, AWS Lambda behind an API gateway or for what lies
 * in a bucket or a queue. Documentation: https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
 */
import type { Models } from '../../model.ts';

/** Entries of an event that whoever sends the request chooses. */
const sent: readonly string[] = [
  'body',
  'queryStringParameters',
  'multiValueQueryStringParameters',
  'pathParameters',
  'rawQueryString',
  'rawPath',
  'Records',
  'headers',
  'multiValueHeaders',
  'cookies',
];

export const cloudFunctions: Models = {
  language: 'python',
  types: [
    ['flask.Request', 'functions_framework', 'Member[http].Argument[0].Parameter[0]'],
    ['azure.Request', 'azure.functions', 'Member[HttpRequest].Instance'],
  ],
  sources: [
    ['guess.LambdaEvent', `Member[${sent.join(',')}]`, 'remote'],
    ['guess.LambdaEvent', 'Member[get,pop].ReturnValue', 'remote', { at: 'Argument[0]', begins: sent }],
    ['azure.Request', 'Member[params,route_params,headers,form,files,url]', 'remote'],
    ['azure.Request', 'Member[get_json,get_body].ReturnValue', 'remote'],
  ],
  sinks: [
    ['functions_framework', 'Member[http].Argument[0].ReturnValue', 'xss'],
    ['functions_framework', 'Member[http].Argument[0].ReturnValue', 'leak'],
    [
      'azure.functions',
      'Member[HttpResponse].Argument[0,body:]',
      'xss',
      { at: 'Argument[mimetype:]', is: ['text/html'] },
    ],
  ],
  summaries: [['guess.LambdaEvent', 'Member[get,pop]', 'Argument[this]', 'ReturnValue', 'taint']],
  guesses: [['guess.LambdaEvent', ['(event)']]],
};
