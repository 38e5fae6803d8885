/**
 * Functions that clouds call: Google's functions framework 3, azure-functions 1, firebase-functions 0.4, Chalice 1,
 * Powertools for AWS Lambda 3, AWS Lambda behind an API gateway or for what lies in a bucket or a queue. Documentation:
 * https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
 */
import type { Models } from '../../../models/model.ts';

/** Entries of an event that the sender of the request controls. */
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
    [
      'flask.Request',
      'firebase_functions.https_fn',
      'Member[on_request].ReturnValue.Argument[0].Parameter[0]',
    ],
    ['flask.Request', 'firebase_functions.https_fn', 'Member[Request].Instance'],
    ['chalice.App', 'chalice', 'Member[Chalice,Blueprint].Instance'],
    [
      'powertools.App',
      'aws_lambda_powertools.event_handler',
      'Member[APIGatewayRestResolver,APIGatewayHttpResolver,ALBResolver,LambdaFunctionUrlResolver,AppSyncResolver].Instance',
    ],
    ['powertools.App', 'aws_lambda_powertools.event_handler.api_gateway', 'Member[Router].Instance'],
    ['powertools.Event', 'powertools.App', 'Member[current_event]'],
    [
      'powertools.Event',
      'aws_lambda_powertools.utilities.data_classes',
      'Member[APIGatewayProxyEvent,APIGatewayProxyEventV2,ALBEvent,LambdaFunctionUrlEvent].Instance',
    ],
  ],
  sources: [
    ['guess.LambdaEvent', `Member[${sent.join(',')}]`, 'remote'],
    ['guess.LambdaEvent', 'Member[get,pop].ReturnValue', 'remote', { at: 'Argument[0]', begins: sent }],
    ['azure.Request', 'Member[params,route_params,headers,form,files,url]', 'remote'],
    ['azure.Request', 'Member[get_json,get_body].ReturnValue', 'remote'],
    [
      'azure.functions',
      'Member[QueueMessage,ServiceBusMessage,EventHubEvent].Instance.Member[get_body,get_json].ReturnValue',
      'remote',
    ],
    [
      'firebase_functions.https_fn',
      'Member[on_call].ReturnValue.Argument[0].Parameter[0].Member[data]',
      'remote',
    ],
    ['firebase_functions.https_fn', 'Member[CallableRequest].Instance.Member[data]', 'remote'],
    ['functions_framework', 'Member[cloud_event].Argument[0].Parameter[0].Member[data]', 'remote'],
    ['chalice.App', 'Member[route].ReturnValue.Argument[0].Parameter[0..]', 'remote'],
    [
      'chalice.App',
      'Member[current_request].Member[json_body,raw_body,query_params,uri_params,headers]',
      'remote',
    ],
    ['chalice.App', 'Member[on_sqs_message,on_sns_message].ReturnValue.Argument[0].Parameter[0]', 'remote'],
    [
      'powertools.App',
      'Member[get,post,put,patch,delete,route].ReturnValue.Argument[0].Parameter[0..]',
      'remote',
    ],
    [
      'powertools.Event',
      'Member[body,json_body,decoded_body,query_string_parameters,path_parameters,headers,raw_query_string]',
      'remote',
    ],
    ['powertools.Event', 'Member[get_query_string_value,get_header_value].ReturnValue', 'remote'],
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
  traits: [
    ['azure.Request', '', 'is-request'],
    ['chalice.App', '', 'decodes-path-parts', 'deep'],
  ],
};
