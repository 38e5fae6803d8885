/**
 * Functions that call a callback for each item: async 3, bluebird 3, p-map and similar ones, jQuery 3, chains of
 * underscore and lodash; rxjs 7. Documentation: the README of each; https://caolan.github.io/async/v3,
 * http://bluebirdjs.com/docs, https://api.jquery.com.
 */
import type { Models } from '../../../models/model.ts';

type Row = NonNullable<Models['summaries']>[number];

/** The second argument is called with each item of the first, and its results are in the result. */
const each = (type: string, path: string, callback = 1, param = 0): readonly Row[] => [
  [type, path, 'Argument[0].Element', `Argument[${callback}].Parameter[${param}]`, 'value'],
  [type, path, `Argument[${callback}].ReturnValue`, 'ReturnValue.Element', 'value'],
];

/** The same for functions that return items of the first argument: filters, searches. */
const some = (type: string, path: string, callback = 1): readonly Row[] => [
  [type, path, 'Argument[0].Element', `Argument[${callback}].Parameter[0]`, 'value'],
  [type, path, 'Argument[0]', 'ReturnValue', 'value'],
];

const folded = (type: string, path: string, callback: number, start: number): readonly Row[] => [
  [type, path, `Argument[${start}]`, `Argument[${callback}].Parameter[0]`, 'value'],
  [type, path, 'Argument[0].Element', `Argument[${callback}].Parameter[1]`, 'value'],
  [type, path, `Argument[${callback}].ReturnValue`, 'ReturnValue', 'value'],
];

const mapping = [
  'p-map',
  'p-map-series',
  'p-each-series',
  'p-times',
  'async-parallel',
  'it-map',
  'map-limit',
];
const filtering = ['p-filter', 'p-locate', 'p-some'];
const jquery = 'global';

export const iteration: Models = {
  language: 'javascript',
  types: [
    ['lodash.Chain', 'lodash.Module', 'Member[chain].ReturnValue'],
    ['lodash.Chain', 'lodash.Module', 'ReturnValue'],
  ],
  summaries: [
    ...['async', 'async-es', 'neo-async'].flatMap((name) => [
      ...each(
        name,
        'Member[each,eachSeries,forEach,forEachSeries,map,mapSeries,flatMap,concat,concatSeries]',
      ),
      ...each(name, 'Member[eachLimit,forEachLimit,mapLimit,concatLimit]', 2),
      ...each(name, 'Member[eachOf,eachOfSeries,forEachOf]'),
      ...each(name, 'Member[eachOfLimit]', 2),
      ...some(name, 'Member[filter,filterSeries,reject,detect,detectSeries,every,some,sortBy]'),
      ...some(name, 'Member[filterLimit,rejectLimit,detectLimit]', 2),
      ...folded(name, 'Member[reduce,inject,foldl]', 2, 1),
    ]),
    ...each('bluebird', 'Member[map,mapSeries,each]'),
    ...some('bluebird', 'Member[filter]'),
    ...folded('bluebird', 'Member[reduce]', 1, 2),
    ...mapping.flatMap((name) => [...each(name, ''), ...each(name, 'Member[default]')]),
    ...filtering.flatMap((name) => [...some(name, ''), ...some(name, 'Member[default]')]),
    // An observable is treated as the value that it emits.
    ['rxjs', 'Member[from]', 'Argument[0].Element', 'ReturnValue', 'value'],
    ['rxjs', 'Member[from,of,defer,firstValueFrom,lastValueFrom]', 'Argument[0]', 'ReturnValue', 'value'],
    ['rxjs', 'Member[of,merge,concat,combineLatest,forkJoin,zip]', 'Argument[0..]', 'ReturnValue', 'value'],
    ...folded('p-reduce', '', 1, 2),
    ...each(jquery, 'Member[$,jQuery].Member[each]', 1, 1),
    ...each(jquery, 'Member[$,jQuery].Member[map]'),
    ...some(jquery, 'Member[$,jQuery].Member[grep]'),
    ...each('jquery', 'Member[each]', 1, 1),
    ...each('jquery', 'Member[map]'),
    ['lodash.Module', 'Member[chain]', 'Argument[0]', 'ReturnValue', 'value'],
    ['lodash.Module', '', 'Argument[0]', 'ReturnValue', 'value'],
    [
      'lodash.Chain',
      'Member[value,valueOf,chain,toArray,flatten,uniq,compact]',
      'Argument[this]',
      'ReturnValue',
      'value',
    ],
  ],
};
