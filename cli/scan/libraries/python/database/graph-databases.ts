// neo4j 5, py2neo 2021, neomodel 5, python-arango 8, gremlinpython 3.7, rdflib 7, SPARQLWrapper 2; as documented.
import type { Models } from '../../../models/model.ts';

/** Graph databases. Queries in Cypher, AQL and SPARQL are texts like SQL, with separate parameters. */
export const graphDatabases: Models = {
  language: 'python',
  types: [
    ['neo4j.Driver', 'neo4j', 'Member[GraphDatabase,AsyncGraphDatabase].Member[driver].ReturnValue'],
    ['neo4j.Driver', 'neo4j', 'Member[Driver,AsyncDriver].Instance'],
    ['neo4j.Session', 'neo4j.Driver', 'Member[session].ReturnValue'],
    ['neo4j.Session', 'neo4j', 'Member[Session,AsyncSession,Transaction,ManagedTransaction].Instance'],
    ['neo4j.Session', 'neo4j.Session', 'Member[begin_transaction].ReturnValue'],
    [
      'neo4j.Session',
      'neo4j.Session',
      'Member[execute_read,execute_write,read_transaction,write_transaction].Argument[0,transaction_function:].Parameter[0]',
    ],
    ['py2neo.Graph', 'py2neo', 'Member[Graph].Instance'],
    ['py2neo.Graph', 'py2neo.Graph', 'Member[begin,auto].ReturnValue'],
    ['neomodel.Database', 'neomodel', 'Member[db]'],
    ['arango.Database', 'arango', 'Member[ArangoClient].Instance.Member[db].ReturnValue'],
    ['rdflib.Graph', 'rdflib', 'Member[Graph,ConjunctiveGraph,Dataset].Instance'],
  ],
  sources: [
    ['neo4j.Session', 'Member[run].ReturnValue', 'stored'],
    ['neo4j.Driver', 'Member[execute_query].ReturnValue', 'stored'],
    ['neomodel.Database', 'Member[cypher_query].ReturnValue', 'stored'],
  ],
  sinks: [
    ['neo4j.Session', 'Member[run].Argument[0,query:]', 'sql'],
    ['neo4j.Driver', 'Member[execute_query].Argument[0,query_:]', 'sql'],
    ['neo4j', 'Member[Query].Argument[0,text:]', 'sql'],
    ['py2neo.Graph', 'Member[run,evaluate,query,update].Argument[0,cypher:]', 'sql'],
    ['neomodel.Database', 'Member[cypher_query].Argument[0,query:]', 'sql'],
    ['arango.Database', 'Member[aql].Member[execute,explain].Argument[0,query:]', 'sql'],
    ['rdflib.Graph', 'Member[query,update].Argument[0,query_object:,update_object:]', 'sql'],
    ['SPARQLWrapper', 'Member[SPARQLWrapper].Instance.Member[setQuery].Argument[0,query:]', 'sql'],
    [
      'gremlin_python.driver.client',
      'Member[Client].Instance.Member[submit,submit_async,submitAsync].Argument[0,message:]',
      'code',
    ],
  ],
};
