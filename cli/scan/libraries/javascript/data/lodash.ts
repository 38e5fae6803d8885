/**
 * lodash 4, lodash-es, underscore 1: the whole package, by path (`lodash/merge`) and by package (`lodash.merge`).
 * Documentation: https://lodash.com/docs/4.17.15
 */
import type { Models } from '../../../models/model.ts';

const modules = ['lodash', 'lodash-es', 'underscore'];
/** Functions whose result is derived from the first argument. */
const passing =
  'assign,assignIn,at,camelCase,capitalize,castArray,chunk,clone,cloneDeep,cloneWith,compact,concat,deburr,defaults,difference,drop,dropRight,dropWhile,endsWith,extend,filter,find,findLast,first,flatMap,flatten,flattenDeep,fromPairs,get,groupBy,head,identity,initial,intersection,invert,join,kebabCase,keyBy,keys,last,lowerCase,lowerFirst,mapKeys,mapValues,max,maxBy,merge,min,minBy,nth,omit,omitBy,orderBy,pad,padEnd,padStart,partition,pick,pickBy,pluck,property,reject,repeat,replace,result,reverse,sample,sampleSize,shuffle,slice,snakeCase,sortBy,split,startCase,tail,take,takeRight,takeWhile,toArray,toLower,toPairs,toString,toUpper,trim,trimEnd,trimStart,truncate,unescape,union,uniq,uniqBy,unzip,upperCase,upperFirst,values,without,words,zip';
const iterating =
  'each,eachRight,every,filter,find,findLast,findKey,flatMap,forEach,forEachRight,forIn,forOwn,groupBy,keyBy,map,mapKeys,mapValues,omitBy,partition,pickBy,reject,some,sortBy,uniqBy';
const merging = 'merge,mergeWith,defaultsDeep';
const setting = 'set,setWith,update,updateWith';

/** `_.merge`, `lodash/merge`, `lodash.merge`: the same function under its own path. */
const alone = (names: string): readonly string[] =>
  names.split(',').flatMap((name) => [`lodash/${name}`, `lodash-es/${name}`, `lodash.${name.toLowerCase()}`]);

export const lodash: Models = {
  language: 'javascript',
  types: [
    ...modules.map((name) => ['lodash.Module', name, ''] as const),
    ['lodash.Module', 'global', 'Member[_]'],
    ...alone(merging).map((name) => ['lodash.Merge', name, ''] as const),
    ...alone(setting).map((name) => ['lodash.Set', name, ''] as const),
    ['lodash.Merge', 'lodash.Module', `Member[${merging}]`],
    ['lodash.Set', 'lodash.Module', `Member[${setting}]`],
  ],
  sinks: [
    ['lodash.Merge', 'Argument[1..]', 'prototype'],
    ['lodash.Set', 'Argument[1]', 'prototype'],
    ['lodash.Module', 'Member[zipObjectDeep].Argument[0]', 'prototype'],
  ],
  summaries: [
    ['lodash.Module', `Member[${passing}]`, 'Argument[0]', 'ReturnValue', 'taint'],
    [
      'lodash.Module',
      'Member[assign,assignIn,concat,defaults,extend,union]',
      'Argument[1..]',
      'ReturnValue',
      'taint',
    ],
    ['lodash.Merge', '', 'Argument[0..]', 'ReturnValue', 'taint'],
    ['lodash.Module', 'Member[get,result]', 'Argument[2]', 'ReturnValue', 'taint'],
    ['lodash.Module', `Member[${iterating}]`, 'Argument[0].Element', 'Argument[1].Parameter[0]', 'value'],
    [
      'lodash.Module',
      'Member[map,flatMap,mapValues]',
      'Argument[1].ReturnValue',
      'ReturnValue.Element',
      'value',
    ],
    ...alone(iterating).map(
      (name) => [name, '', 'Argument[0].Element', 'Argument[1].Parameter[0]', 'value'] as const,
    ),
    ...alone('map,flatMap,mapValues').map(
      (name) => [name, '', 'Argument[1].ReturnValue', 'ReturnValue.Element', 'value'] as const,
    ),
    [
      'lodash.Module',
      'Member[reduce,reduceRight]',
      'Argument[0].Element',
      'Argument[1].Parameter[1]',
      'value',
    ],
    ['lodash.Module', 'Member[reduce,reduceRight]', 'Argument[1].ReturnValue', 'ReturnValue', 'value'],
    ...alone('get,pick,omit,clonedeep,trim').map(
      (name) => [name, '', 'Argument[0]', 'ReturnValue', 'taint'] as const,
    ),
  ],
  sanitizers: [
    ['lodash.Module', 'Member[escapeRegExp].ReturnValue', ['regex']],
    ['lodash.escaperegexp', 'ReturnValue', ['regex']],
    ['lodash/escapeRegExp', 'ReturnValue', ['regex']],
    // Letters and digits, with a hyphen or an underscore between words.
    [
      'lodash.Module',
      'Member[kebabCase,snakeCase,camelCase].ReturnValue',
      ['path', 'header', 'log', 'command'],
    ],
    ['lodash.Module', 'Member[toNumber,toInteger,toSafeInteger,parseInt,clamp].ReturnValue', 'all'],
    ['lodash.Module', 'Member[pick].ReturnValue', ['mass-assignment']],
    ['lodash/pick', 'ReturnValue', ['mass-assignment']],
    ['lodash.pick', 'ReturnValue', ['mass-assignment']],
  ],
  guards: [
    ['lodash.Module', 'Member[isNumber,isInteger,isFinite,isBoolean,isSafeInteger].Argument[0]', 'all'],
    ['lodash.Module', 'Member[isString].Argument[0]', ['nosql', 'prototype', 'mass-assignment']],
  ],
};
