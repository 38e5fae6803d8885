import { pollutionTests } from './pollution-tests.ts';

/** Each of these once changed an answer of some library, or is an option of this one. The long tests take all. */
const keys =
  'array binary callback cursorFn expand infileStreamFactory kind name namedPlaceholders nestTables onexecute pluck query_timeout queryMode raw row rowMode rows rowsAsArray simple statement submit text timeout typeCast types value valueMapper values'.split(
    ' ',
  );

pollutionTests(() => keys);
