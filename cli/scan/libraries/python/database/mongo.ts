// PyMongo 4.10.1, Motor 3.6.0, MongoEngine 0.29.1, redis 6.1.0; read in Debian 13's packages.
import type { Models } from '../../../models/model.ts';

type SinkRow = NonNullable<Models['sinks']>[number];

const filtered =
  'find,find_one,find_one_and_update,find_one_and_delete,find_one_and_replace,count_documents,delete_one,delete_many,update_one,update_many,replace_one,find_raw_batches';

/**
 * The sinks of a MongoDB filter at the given path: the filter itself, its entries, and the entries in its `$or`, `$and`
 * and `$nor` lists.
 */
export function filterAt(type: string, path: string): SinkRow[] {
  return [
    [type, path, 'nosql'],
    [type, `${path}.AnyMember`, 'nosql'],
    [type, `${path}.Member[$or,$and,$nor].AnyMember`, 'nosql'],
    [type, `${path}.Member[$or,$and,$nor].AnyMember.AnyMember`, 'nosql'],
  ];
}

/**
 * Document and key-value stores. If a whole filter object comes from the request, it may contain operators such as `$ne`.
 */
export const mongo: Models = {
  language: 'python',
  types: [
    ['mongo.Client', 'pymongo', 'Member[MongoClient,AsyncMongoClient].Instance'],
    ['mongo.Client', 'pymongo.mongo_client', 'Member[MongoClient].Instance'],
    ['mongo.Client', 'motor.motor_asyncio', 'Member[AsyncIOMotorClient].Instance'],
    ['mongo.Client', 'motor.motor_tornado', 'Member[MotorClient].Instance'],
    ['mongo.Client', 'motor', 'Member[MotorClient].Instance'],
    ['mongo.Client', 'flask_pymongo', 'Member[PyMongo].Instance.Member[cx]'],
    ['mongo.Database', 'flask_pymongo', 'Member[PyMongo].Instance.Member[db]'],
    ['mongo.Database', 'mongo.Client', 'AnyMember'],
    ['mongo.Database', 'mongo.Client', 'Member[get_database,get_default_database].ReturnValue'],
    ['mongo.Database', 'pymongo.database', 'Member[Database].Instance'],
    ['mongo.Database', 'motor.motor_asyncio', 'Member[AsyncIOMotorDatabase].Instance'],
    ['mongo.Collection', 'mongo.Database', 'AnyMember'],
    ['mongo.Collection', 'mongo.Database', 'Member[get_collection].ReturnValue'],
    ['mongo.Collection', 'pymongo.collection', 'Member[Collection].Instance'],
    ['mongo.Collection', 'motor.motor_asyncio', 'Member[AsyncIOMotorCollection].Instance'],
    ['mongoengine.Document', 'mongoengine', 'Member[Document,DynamicDocument,EmbeddedDocument]'],
    [
      'mongoengine.Document',
      'flask_mongoengine',
      'Member[MongoEngine].Instance.Member[Document,DynamicDocument]',
    ],
    ['mongoengine.QuerySet', 'mongoengine.Document', 'Member[objects]'],
    ['mongoengine.QuerySet', 'mongoengine.QuerySet', 'Member[filter,order_by,exclude,only].ReturnValue'],
    ['redis.Client', 'redis', 'Member[Redis,StrictRedis].Instance'],
    ['redis.Client', 'redis', 'Member[from_url].ReturnValue'],
    ['redis.Client', 'redis', 'Member[Redis,StrictRedis].Member[from_url].ReturnValue'],
    ['redis.Client', 'redis.asyncio', 'Member[Redis].Instance'],
    ['redis.Client', 'redis.asyncio', 'Member[from_url].ReturnValue'],
  ],
  sources: [
    [
      'mongo.Collection',
      'Member[find,find_one,find_one_and_update,find_one_and_delete,find_one_and_replace,aggregate,distinct].ReturnValue',
      'stored',
    ],
    ['mongoengine.QuerySet', 'Member[get,first,filter].ReturnValue', 'stored'],
    ['redis.Client', 'Member[get,mget,hget,hgetall,lrange,lindex,smembers,lpop,rpop].ReturnValue', 'stored'],
  ],
  sinks: [
    ...filterAt('mongo.Collection', `Member[${filtered}].Argument[0,filter:]`),
    ...filterAt('mongo.Collection', 'Member[distinct].Argument[1,filter:]'),
    ...filterAt(
      'mongo.Collection',
      'Member[aggregate,aggregate_raw_batches].Argument[0,pipeline:].AnyMember.Member[$match]',
    ),
    ['mongo.Collection', `Member[${filtered}].Argument[0,filter:].Member[$where]`, 'code'],
    [
      'mongo.Collection',
      `Member[${filtered}].Argument[0,filter:].Member[$expr].Member[$function].Member[body]`,
      'code',
    ],
    ['mongo.Collection', 'Member[aggregate,aggregate_raw_batches].Argument[0,pipeline:]', 'nosql'],
    ['mongo.Collection', 'Member[aggregate,aggregate_raw_batches].Argument[0,pipeline:].AnyMember', 'nosql'],
    ['mongo.Collection', 'Member[update_one,update_many,find_one_and_update].Argument[1,update:]', 'nosql'],
    ['mongo.Collection', 'Member[map_reduce].Argument[0,1,map:,reduce:]', 'code'],
    ['mongo.Database', 'Member[command].Argument[0,command:]', 'nosql'],
    ['mongo.Database', 'Member[eval].Argument[0]', 'code'],
    ['bson.code', 'Member[Code].Argument[0,code:]', 'code'],
    ...filterAt('mongoengine.QuerySet', 'Argument[__raw__:]'),
    ...filterAt('mongoengine.QuerySet', 'Member[filter,get].Argument[__raw__:]'),
    ['mongoengine.QuerySet', 'Argument[0..]', 'nosql'],
    ['mongoengine.QuerySet', 'Member[filter,get].Argument[0..]', 'nosql'],
    ['mongoengine.QuerySet', 'Member[where].Argument[0,where_clause:]', 'code'],
    ['mongoengine.QuerySet', 'Member[exec_js].Argument[0,code:]', 'code'],
    ['mongoengine.QuerySet', 'Member[aggregate].Argument[0,pipeline:]', 'nosql'],
    [
      'mongo.Collection',
      'Member[insert_one,insert_many].Argument[0,document:,documents:]',
      'mass-assignment',
    ],
    [
      'mongo.Collection',
      'Member[replace_one,find_one_and_replace].Argument[1,replacement:]',
      'mass-assignment',
    ],
    [
      'mongo.Collection',
      'Member[update_one,update_many,find_one_and_update].Argument[1,update:].Member[$set]',
      'mass-assignment',
    ],
    ['mongoengine.Document', 'Argument[0..]', 'mass-assignment'],
    ['redis.Client', 'Member[eval,eval_ro,register_script,script_load].Argument[0,script:]', 'code'],
  ],
  sanitizers: [
    ['bson.objectid', 'Member[ObjectId].ReturnValue', 'all'],
    ['bson', 'Member[ObjectId].ReturnValue', 'all'],
    [
      'mongo.Collection',
      'Member[count_documents,insert_one,insert_many,update_one,update_many,delete_one,delete_many].ReturnValue',
      'all',
    ],
  ],
};
