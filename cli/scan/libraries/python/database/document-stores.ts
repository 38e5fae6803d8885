// Beanie 1.2x, ODMantic 1, Elasticsearch 8, OpenSearch 2, CouchDB 1; as documented.
import type { Models } from '../../../models/model.ts';
import { filterAt } from './mongo.ts';

const engines = ['elasticsearch', 'opensearchpy'];

/** Object mappers for MongoDB, and search engines whose queries are objects. */
export const documentStores: Models = {
  language: 'python',
  types: [
    ['beanie.Document', 'beanie', 'Member[Document,View,UnionDoc]'],
    ['odmantic.Engine', 'odmantic', 'Member[AIOEngine,SyncEngine].Instance'],
    ['search.Client', 'elasticsearch', 'Member[Elasticsearch,AsyncElasticsearch].Instance'],
    ['search.Client', 'opensearchpy', 'Member[OpenSearch,AsyncOpenSearch].Instance'],
    ['couchdb.Database', 'couchdb', 'Member[Server].Instance.AnyMember'],
    ['couchdb.Database', 'couchdb', 'Member[Database].Instance'],
  ],
  sources: [
    ['beanie.Document', 'Member[get,find_one].ReturnValue', 'stored'],
    ['beanie.Document', 'Member[find,find_all,find_many].ReturnValue.Member[to_list].ReturnValue', 'stored'],
    ['search.Client', 'Member[search,get].ReturnValue', 'stored'],
  ],
  sinks: [
    ...filterAt('beanie.Document', 'Member[find,find_one,find_many].Argument[0]'),
    ['beanie.Document', 'Member[aggregate].Argument[0,aggregation_pipeline:]', 'nosql'],
    ['beanie.Document', 'Argument[0..]', 'mass-assignment'],
    ...filterAt('odmantic.Engine', 'Member[find,find_one,count,remove].Argument[1]'),
    // The whole query is untrusted: it may contain scripts, and reach all fields.
    [
      'search.Client',
      'Member[search,count,delete_by_query,update_by_query,msearch,explain].Argument[body:,query:]',
      'nosql',
    ],
    ['search.Client', 'Member[search,count].Argument[1,body:].Member[query]', 'nosql'],
    ['search.Client', 'Member[update].Argument[script:]', 'code'],
    [
      'search.Client',
      'Member[update,update_by_query].Argument[body:].Member[script].Member[source,inline]',
      'code',
    ],
    ...engines.flatMap((library) => [
      [`${library}.helpers`, 'Member[scan].Argument[query:]', 'nosql'] as const,
    ]),
    ['couchdb.Database', 'Member[find].Argument[0,mango_query:]', 'nosql'],
    ['couchdb.Database', 'Member[query].Argument[0,map_fun:]', 'code'],
  ],
};
