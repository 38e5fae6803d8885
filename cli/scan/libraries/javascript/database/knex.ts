/** Knex 3, Objection 3, Bookshelf. Documentation: https://knexjs.org/guide/query-builder.html */
import type { Models } from '../../../models/model.ts';

const raw = 'raw,whereRaw,orWhereRaw,andWhereRaw,havingRaw,orHavingRaw,orderByRaw,groupByRaw,joinRaw,fromRaw';
const chain =
  'select,columns,column,from,into,table,where,andWhere,orWhere,whereNot,whereIn,whereNotIn,whereNull,whereNotNull,whereBetween,whereLike,whereILike,whereExists,join,innerJoin,leftJoin,leftOuterJoin,rightJoin,crossJoin,groupBy,having,orderBy,limit,offset,insert,update,del,delete,returning,onConflict,merge,ignore,distinct,as,with,union,unionAll,count,first,pluck,increment,decrement,clone,transacting,modify,forUpdate,withSchema,queryBuilder,clearSelect,clearOrder';

export const knex: Models = {
  language: 'javascript',
  types: [
    ['knex.Knex', 'knex', 'ReturnValue'],
    ['knex.Knex', 'knex', 'Member[knex].ReturnValue'],
    ['knex.Knex', 'knex', 'Member[Knex].Instance'],
    ['knex.Knex', 'knex', 'Member[Knex].Member[Transaction].Instance'],
    ['knex.Knex', 'knex.Knex', 'Member[transaction].Argument[0].Parameter[0]'],
    ['knex.Knex', 'knex.Knex', 'Member[transaction].ReturnValue'],
    ['knex.Knex', 'knex.Knex', 'Member[client]'],
    ['knex.Builder', 'knex', 'Member[Knex].Member[QueryBuilder].Instance'],
    ['knex.Builder', 'knex.Knex', 'ReturnValue'],
    ['knex.Builder', 'knex.Knex', `Member[${chain}].ReturnValue`],
    ['knex.Builder', 'knex.Builder', `Member[${raw},${chain}].ReturnValue`],
    [
      'knex.Builder',
      'knex.Builder',
      'Member[where,andWhere,orWhere,whereNot,modify,whereExists].Argument[0].Parameter[0]',
    ],
    ['knex.Schema', 'knex.Knex', 'Member[schema]'],
    ['objection.Model', 'objection', 'Member[Model]'],
    ['knex.Builder', 'objection.Model', 'Member[query,relatedQuery].ReturnValue'],
    ['knex.Knex', 'objection.Model', 'Member[knex].ReturnValue'],
  ],
  sources: [
    ['knex.Knex', 'Member[raw].ReturnValue.Member[rows]', 'stored'],
    // A builder is awaited, and then returns the rows.
    [
      'knex.Builder',
      'Member[select,first,pluck,where,whereRaw,whereIn,andWhere,orWhere,from,join,leftJoin,innerJoin,groupBy,having,orderBy,orderByRaw,limit,offset,distinct].ReturnValue',
      'stored',
    ],
    ['knex.Builder', 'Member[then].Argument[0].Parameter[0]', 'stored'],
  ],
  sinks: [
    ['knex.Knex', `Member[${raw}].Argument[0]`, 'sql'],
    ['knex.Builder', `Member[${raw}].Argument[0]`, 'sql'],
    ['knex.Schema', 'Member[raw].Argument[0]', 'sql'],
    ['knex.Builder', 'Member[insert,update].Argument[0]', 'mass-assignment'],
    ['knex.Knex', 'Member[fromRaw].Argument[0]', 'sql'],
    ['objection', 'Member[raw].Argument[0]', 'sql'],
  ],
  guesses: [['knex.Knex', ['knex', 'trx']]],
};
