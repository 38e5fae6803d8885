/**
 * Functions on functions and collections: ramda 0.30, lodash/fp 4, immutable 5, immer 10, memoizee and similar ones,
 * node-html-parser 7; and bodies that are read from their stream. Data that passes through a callback is left out.
 * Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

/** The data is the last argument. With fewer arguments they return a function of it. */
const second =
  'prop,path,pick,omit,pluck,join,split,replace,nth,take,drop,takeLast,dropLast,get,pickBy,omitBy,uniqBy,sortBy,filter,reject,find';
const third = 'propOr,pathOr,getOr,replace,slice,assoc,assocPath,set';
const alone =
  'trim,toLower,toUpper,head,last,tail,init,values,toPairs,fromPairs,flatten,uniq,reverse,clone,identity,toString,unnest';
const merging = 'merge,mergeRight,mergeLeft,mergeDeepRight,mergeDeepLeft,concat,append,prepend';
const functional = ['ramda', 'lodash/fp'];
const memoizers = [
  'memoizee',
  'memoize-one',
  'p-memoize',
  'mem',
  'micro-memoize',
  'debounce',
  'p-throttle',
  'fast-memoize',
];
const isRequest: Condition = { at: 'Argument[0]', isApi: [['http.IncomingMessage', '']] };

export const functionalData: Models = {
  language: 'javascript',
  types: [
    [
      'immutable.Collection',
      'immutable',
      'Member[Map,OrderedMap,List,Set,OrderedSet,Stack,Seq,fromJS].ReturnValue',
    ],
    [
      'immutable.Collection',
      'immutable.Collection',
      'Member[set,setIn,merge,mergeDeep,update,updateIn,delete,filter,map,sort,sortBy,reverse,slice,push,unshift,concat,get,getIn].ReturnValue',
    ],
    ['nodehtml.Node', 'node-html-parser', 'Member[parse].ReturnValue'],
    ['nodehtml.Node', 'nodehtml.Node', 'Member[querySelector,getElementById,closest].ReturnValue'],
    ['nodehtml.Node', 'nodehtml.Node', 'Member[querySelectorAll,getElementsByTagName].ReturnValue.AnyMember'],
  ],
  sources: [
    ['stream/consumers', 'Member[text,json,buffer].ReturnValue', 'remote', isRequest],
    ['get-stream', 'ReturnValue', 'remote', isRequest],
    ['get-stream', 'Member[getStreamAsBuffer].ReturnValue', 'remote', isRequest],
  ],
  summaries: [
    ...functional.flatMap((name) => [
      [name, `Member[${second}]`, 'Argument[1]', 'ReturnValue', 'taint'] as const,
      [name, `Member[${second}].ReturnValue`, 'Argument[0]', 'ReturnValue', 'taint'] as const,
      [name, `Member[${third}]`, 'Argument[2]', 'ReturnValue', 'taint'] as const,
      [name, `Member[${third}].ReturnValue`, 'Argument[0]', 'ReturnValue', 'taint'] as const,
      [name, `Member[${alone}]`, 'Argument[0]', 'ReturnValue', 'taint'] as const,
      [name, `Member[${merging}]`, 'Argument[0,1]', 'ReturnValue', 'taint'] as const,
    ]),
    [
      'immutable.Collection',
      'Member[get,getIn,first,last,toJS,toJSON,toObject,toArray,join,set,setIn,merge,mergeDeep,update,delete,filter,sort,slice,reverse]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['immutable.Collection', 'Member[set,setIn]', 'Argument[1]', 'ReturnValue', 'taint'],
    ['immutable.Collection', 'Member[merge,mergeDeep,push,concat]', 'Argument[0..]', 'ReturnValue', 'taint'],
    [
      'nodehtml.Node',
      'Member[querySelector,querySelectorAll,getElementById,getElementsByTagName,closest,getAttribute,toString]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['immer', 'Member[produce]', 'Argument[0]', 'ReturnValue', 'value'],
    ['immer', '', 'Argument[0]', 'ReturnValue', 'value'],
    ['bluebird', 'Member[resolve,cast]', 'Argument[0]', 'ReturnValue', 'value'],
    // The same function, wrapped.
    ['lodash.Module', 'Member[memoize,debounce,throttle,once]', 'Argument[0]', 'ReturnValue', 'value'],
    ...memoizers.map((name) => [name, '', 'Argument[0]', 'ReturnValue', 'value'] as const),
  ],
};
