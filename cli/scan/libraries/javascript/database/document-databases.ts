/**
 * Document databases whose filters have operators, as MongoDB's do: @seald-io/nedb 4, nedb 1, nedb-promises 6, pouchdb 9
 * and nano 10 (Mango), minimongo 7, marsdb, lokijs 1, sift 17; Typegoose 12, Papr 15, MikroORM 6; whole search requests
 * of Elasticsearch 8 or OpenSearch 2. Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

const nedbFilters =
  'find,findOne,count,update,remove,findAsync,findOneAsync,countAsync,updateAsync,removeAsync,updateOne,updateMany,deleteOne,deleteMany';
const mikroFilters =
  'find,findOne,findOneOrFail,findAndCount,findAll,findByCursor,count,nativeUpdate,nativeDelete';
const searches = 'search,count,deleteByQuery,updateByQuery,asyncSearch';
const mikro = [
  'core',
  'mongodb',
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'better-sqlite',
  'libsql',
  'mssql',
  'knex',
];
const bulk = 'updateOne,updateMany,deleteOne,deleteMany,replaceOne';

export const documentDatabases: Models = {
  language: 'javascript',
  types: [
    ['nedb.Store', '@seald-io/nedb', 'Instance'],
    ['nedb.Store', 'nedb', 'Instance'],
    ['nedb.Store', 'nedb-promises', 'Instance'],
    ['nedb.Store', 'nedb-promises', 'Member[create].ReturnValue'],
    ['nedb.Store', '@seald-io/nedb', 'Member[Datastore,Nedb].Instance'],
    ['couch.Database', 'pouchdb', 'Instance'],
    ['couch.Database', 'pouchdb-node', 'Instance'],
    ['couch.Database', 'pouchdb-core', 'Instance'],
    ['couch.Database', 'nano', 'ReturnValue.Member[use,scope].ReturnValue'],
    ['couch.Database', 'nano', 'ReturnValue.Member[db].Member[use,scope].ReturnValue'],
    ['minimongo.Collection', 'minimongo', 'Member[MemoryDb,LocalStorageDb,IndexedDb].Instance.AnyMember'],
    [
      'minimongo.Collection',
      'minimongo',
      'Member[MemoryDb,LocalStorageDb,IndexedDb].Instance.Member[collections].AnyMember',
    ],
    ['minimongo.Collection', 'marsdb', 'Member[Collection].Instance'],
    ['minimongo.Collection', 'lokijs', 'Instance.Member[addCollection,getCollection].ReturnValue'],
    ['elastic.Client', '@elastic/elasticsearch', 'Member[Client].Instance'],
    ['elastic.Client', '@opensearch-project/opensearch', 'Member[Client].Instance'],
    [
      'mongoose.Model',
      '@typegoose/typegoose',
      'Member[getModelForClass,getDiscriminatorModelForClass,getModelWithString].ReturnValue',
    ],
    ['mongoose.Model', '@typegoose/typegoose', 'Member[ReturnModelType].Instance'],
    ['mongodb.Collection', 'papr', 'Instance.Member[model].ReturnValue'],
    ['mongodb.Collection', 'papr', 'Member[Papr].Instance.Member[model].ReturnValue'],
    ...mikro.flatMap((name) => [
      [
        'mikro.Manager',
        `@mikro-orm/${name}`,
        'Member[MikroORM].Member[init,initSync].ReturnValue.Member[em]',
      ] as const,
      ['mikro.Manager', `@mikro-orm/${name}`, 'Member[MikroORM].Instance.Member[em]'] as const,
      ['mikro.Repository', `@mikro-orm/${name}`, 'Member[EntityRepository].Instance'] as const,
    ]),
    ['mikro.Manager', 'mikro.Manager', 'Member[fork].ReturnValue'],
    ['mikro.Manager', 'mikro.Manager', 'Member[transactional].Argument[0].Parameter[0]'],
    ['mikro.Repository', 'mikro.Manager', 'Member[getRepository].ReturnValue'],
    ['mikro.Repository', '@mikro-orm/nestjs', 'Member[InjectRepository].ReturnValue.Argument[0]'],
  ],
  sources: [
    ['nedb.Store', 'Member[find,findOne,findAsync,findOneAsync].ReturnValue', 'stored'],
    ['nedb.Store', 'Member[find,findOne].Argument[1,2].Parameter[1]', 'stored'],
    ['mikro.Manager', 'Member[find,findOne,findOneOrFail].ReturnValue', 'stored'],
    ['mikro.Repository', 'Member[find,findOne,findOneOrFail,findAll].ReturnValue', 'stored'],
  ],
  sinks: [
    ...['nedb.Store', 'minimongo.Collection'].flatMap((type) => [
      [type, `Member[${nedbFilters}].Argument[0]`, 'nosql'] as const,
      [type, `Member[${nedbFilters}].Argument[0].AnyMember`, 'nosql'] as const,
    ]),
    ['couch.Database', 'Member[find].Argument[0].Member[selector]', 'nosql'],
    ['couch.Database', 'Member[find].Argument[0].Member[selector].AnyMember', 'nosql'],
    ['sift', 'Argument[0]', 'nosql'],
    ['sift', 'Argument[0].AnyMember', 'nosql'],
    ['elastic.Client', `Member[${searches}].Argument[0].Member[query,body,runtime_mappings]`, 'nosql'],
    ['elastic.Client', `Member[${searches}].Argument[0].Member[body].Member[query]`, 'nosql'],
    ['mikro.Manager', `Member[${mikroFilters}].Argument[1]`, 'nosql'],
    ['mikro.Manager', `Member[${mikroFilters}].Argument[1].AnyMember`, 'nosql'],
    ['mikro.Repository', `Member[${mikroFilters}].Argument[0]`, 'nosql'],
    ['mikro.Repository', `Member[${mikroFilters}].Argument[0].AnyMember`, 'nosql'],
    ['mikro.Manager', 'Member[assign,create].Argument[1]', 'mass-assignment'],
    ['mongodb.Collection', `Member[bulkWrite].Argument[0].AnyMember.Member[${bulk}].Member[filter]`, 'nosql'],
    ['mongoose.Model', `Member[bulkWrite].Argument[0].AnyMember.Member[${bulk}].Member[filter]`, 'nosql'],
    ...mikro.map((name) => [`@mikro-orm/${name}`, 'Member[raw].Argument[0]', 'sql'] as const).slice(1),
  ],
};
