// Common names in Python programs for values that cannot be traced to a library, from the documentation of PEP 249's
// drivers, Flask, Django.
import type { Condition, Models } from '../../models/model.ts';

const exceptions: readonly string[] = [
  'Exception',
  'BaseException',
  'OSError',
  'IOError',
  'RuntimeError',
  'KeyError',
  'AttributeError',
  'TypeError',
  // Errors of PEP 249 and SQLAlchemy: their messages come from the database.
  'InterfaceError',
  'DatabaseError',
  'DataError',
  'OperationalError',
  'IntegrityError',
  'InternalError',
  'ProgrammingError',
  'NotSupportedError',
  'DBAPIError',
  'StatementError',
  'SQLAlchemyError',
];

/**
 * Types that are inferred from names alone. Only names that are hardly used otherwise are listed: `execute` of a cursor,
 * `GET` of a request. `url`, `headers`, `body` and `data` are also members of a client's request.
 */
/** Flask's `@app.get('/')`, with the application as a parameter. Other frameworks send JSON. */
const answersText: Condition = {
  at: '',
  unless: [
    'FastAPI',
    'APIRouter',
    'NinjaAPI',
    'Router',
    'Litestar',
    'Starlite',
    'Namespace',
    'AsyncApp',
    'FlaskApp',
    'Robyn',
    'Dash',
  ],
};

export const guess: Models = {
  language: 'python',
  types: [
    ['guess.Cursor', 'guess.Connection', 'Member[cursor].ReturnValue'],
    [
      'guess.Dict',
      'guess.Request',
      'Member[args,form,values,cookies,GET,POST,FILES,COOKIES,META,query_params,match_info,params,matchdict]',
    ],
    ['guess.Dict', 'guess.HandledRequest', 'Member[query,rel_url,headers,cookies,path_params]'],
    ['guess.Dict', 'guess.HandledRequest', 'Member[post,form].ReturnValue'],
    ['guess.Session', 'guess.Request', 'Member[session]'],
    ['django.UploadedFile', 'guess.Request', 'Member[FILES].AnyMember'],
    ['django.UploadedFile', 'guess.Request', 'Member[FILES].Member[get].ReturnValue'],
    ['django.UploadedFile', 'guess.Request', 'Member[FILES].Member[getlist].ReturnValue.AnyMember'],
  ],
  sources: [
    [
      'guess.Request',
      'Member[args,form,values,cookies,GET,POST,FILES,COOKIES,META,query_params,path_params,match_info,rel_url,query_string,params,matchdict]',
      'remote',
    ],
    ['guess.Request', 'Member[get_json,get_full_path].ReturnValue', 'remote'],
    [
      'guess.HandledRequest',
      'Member[query,headers,cookies,body,data,json,path_params,content,raw_path,path_qs]',
      'remote',
    ],
    [
      'guess.HandledRequest',
      'Member[json,post,text,read,body,form,multipart,stream,get_data].ReturnValue',
      'remote',
    ],
    ['guess.Cursor', 'Member[fetchone,fetchall,fetchmany].ReturnValue', 'stored'],
    ['guess.App', 'Member[route].ReturnValue.Argument[0].Parameter[0..]', 'remote'],
    // Not `errorhandler(404)`: the description of a status is the framework's text.
    ['guess.FlaskErrorHandler', 'Parameter[0]', 'error'],
    ['guess.FastApiErrorHandler', 'Parameter[1]', 'error'],
  ],
  sinks: [
    ['guess.Connection', 'Member[execute,executemany,executescript,raw].Argument[0]', 'sql'],
    // asyncpg's names. `conn.fetch` of other types takes no concatenated text.
    [
      'guess.Connection',
      'Member[fetch,fetchrow,fetchval].Argument[0]',
      'sql',
      { at: 'Argument[0]', built: true },
    ],
    ['guess.Cursor', 'Member[execute,executemany,executescript].Argument[0]', 'sql'],
    ['guess.App', 'Member[route].ReturnValue.Argument[0].ReturnValue', 'xss'],
    [
      'guess.App',
      'Member[get,post,put,patch,delete].ReturnValue.Argument[0].ReturnValue',
      'xss',
      answersText,
    ],
    ['guess.Session', 'AnyMember', 'trust'],
    ['guess.Session', 'Member[update,setdefault].Argument[0..]', 'trust'],
    ['guess.App', 'Member[route].ReturnValue.Argument[0].ReturnValue', 'leak'],
  ],
  summaries: [
    [
      'guess.Dict',
      'Member[get,getlist,getone,getall,to_dict,dict,items,values,keys,pop,copy]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['guess.Dict', 'Member[get,pop]', 'Argument[1,default:]', 'ReturnValue', 'value'],
  ],
  sanitizers: [
    ['guess.Dict', 'AnyMember', ['nosql']],
    ['guess.Dict', 'Member[get].ReturnValue', ['nosql']],
    ['guess.HandledRequest', 'Member[raw_path,path_qs]', ['redirect', 'ssrf']],
    ['guess.Request', 'Member[get_full_path].ReturnValue', ['redirect', 'ssrf', 'log']],
  ],
  guesses: [
    [
      'mongo.Collection',
      [
        '.find_one_and_update',
        '.find_one_and_replace',
        '.find_one_and_delete',
        '.count_documents',
        '.delete_many',
        '.update_many',
        '.replace_one',
      ],
    ],
    ['guess.Cursor', ['cursor', 'cur', 'curs', 'crsr', 'db_cursor', 'mycursor', 'dict_cursor']],
    [
      'guess.Connection',
      [
        'conn',
        'connection',
        'con',
        'db',
        'database',
        'session',
        'engine',
        'db_conn',
        'db_connection',
        'db_session',
        'mydb',
        'dbconn',
      ],
    ],
    ['guess.Request', ['request']],
    ['guess.HandledRequest', ['(request)']],
    ['guess.App', ['app', 'application', 'bp', 'blueprint']],
    [
      'guess.FlaskErrorHandler',
      exceptions.flatMap((name) => [
        `@errorhandler(${name})`,
        `@app_errorhandler(${name})`,
        `@register_error_handler(${name})`,
      ]),
    ],
    [
      'guess.FastApiErrorHandler',
      // Starlette's handler of status 500 gets every error that no other handler has caught.
      [...exceptions, '500'].flatMap((name) => [
        `@exception_handler(${name})`,
        `@add_exception_handler(${name})`,
        `@exception_handlers(${name})`,
      ]),
    ],
  ],
  traits: [
    ['guess.Request', '', 'is-request'],
    ['guess.HandledRequest', '', 'is-request'],
    ['guess.App', '', 'registers-routes', 'deep'],
    ['guess.App', '', 'is-guessed'],
    ['guess.AsgiScope', '', 'is-guessed'],
    ['guess.Connection', '', 'is-guessed'],
    ['guess.Cursor', '', 'is-guessed'],
    ['guess.Dict', '', 'is-guessed'],
    ['guess.Envelope', '', 'is-guessed'],
    ['guess.Error', '', 'is-guessed'],
    ['guess.HandledRequest', '', 'is-guessed'],
    ['guess.LambdaEvent', '', 'is-guessed'],
    ['guess.Request', '', 'is-guessed'],
    ['guess.Session', '', 'is-guessed'],
    ['guess.FlaskErrorHandler', '', 'is-guessed'],
    ['guess.FastApiErrorHandler', '', 'is-guessed'],
  ],
};
