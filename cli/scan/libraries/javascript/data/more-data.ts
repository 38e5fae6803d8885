/**
 * Packages that read, write, copy or select data, which stays tainted: es-toolkit 1, radash 12, remeda 2; formats
 * (MessagePack, CBOR, TOML, JSON with comments and others), URLs (url-parse, urijs, uri-js), text (voca,
 * underscore.string, case, chalk). Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

/** Values are percent-encoded by default. */
const encodes: Condition = { at: 'Argument[1].Member[encode]', is: [false], not: true };

/** Package, functions: their result is derived from their first argument. */
const first: readonly (readonly [name: string, path: string])[] = [
  [
    'es-toolkit',
    'Member[pick,omit,clone,cloneDeep,compact,flatten,uniq,head,last,camelCase,snakeCase,kebabCase,trim,trimStart,trimEnd,capitalize,upperFirst,lowerFirst,mapValues,mapKeys,toCamelCaseKeys,toSnakeCaseKeys]',
  ],
  [
    'es-toolkit/compat',
    'Member[get,pick,omit,clone,cloneDeep,trim,head,last,first,values,flatten,toString,join,defaults]',
  ],
  ['es-toolkit/object', 'Member[pick,omit,clone,cloneDeep,mapValues,mapKeys]'],
  [
    'radash',
    'Member[get,pick,omit,clone,first,last,trim,camel,snake,dash,pascal,capitalize,mapKeys,mapValues,crush,shake]',
  ],
  [
    'remeda',
    'Member[pick,omit,clone,first,last,prop,pathOr,merge,mapValues,mapKeys,values,toCamelCase,toKebabCase,toSnakeCase]',
  ],
  ['just-safe-get', ''],
  ['just-pick', ''],
  ['just-omit', ''],
  ['just-clone', ''],
  ['klona', 'Member[klona]'],
  ['klona/json', 'Member[klona]'],
  ['klona/full', 'Member[klona]'],
  ['structured-clone', ''],
  ['ts-deepmerge', 'Member[merge]'],
  ['flat', ''],
  ['flat', 'Member[flatten,unflatten]'],
  ['camelcase-keys', ''],
  ['snakecase-keys', ''],
  ['decamelize-keys', ''],
  ['humps', 'Member[camelize,decamelize,pascalize,camelizeKeys,decamelizeKeys,pascalizeKeys]'],
  ['base-64', 'Member[decode,encode]'],
  ['base64-js', 'Member[toByteArray,fromByteArray]'],
  ['base64url', ''],
  ['base64url', 'Member[decode,encode,toBuffer,toBase64,fromBase64]'],
  ['utf8', 'Member[decode,encode]'],
  ['bs58', 'Member[decode,encode]'],
  ['@msgpack/msgpack', 'Member[decode,decodeMulti,decodeAsync,encode]'],
  ['msgpackr', 'Member[unpack,decode,unpackMultiple,pack]'],
  ['msgpack5', 'ReturnValue.Member[decode]'],
  ['msgpack-lite', 'Member[decode]'],
  ['cbor', 'Member[decode,decodeFirst,decodeFirstSync,decodeAll,decodeAllSync]'],
  ['cbor-x', 'Member[decode,decodeMultiple]'],
  ['bson', 'Member[deserialize]'],
  ['bson', 'Member[EJSON].Member[parse]'],
  ['devalue', 'Member[parse,unflatten]'],
  ['json-bigint', 'Member[parse,stringify]'],
  ['json-bigint', 'ReturnValue.Member[parse,stringify]'],
  ['hjson', 'Member[parse,stringify]'],
  ['parse-json', ''],
  ['strip-json-comments', ''],
  ['comment-json', 'Member[parse,stringify]'],
  ['jsonc-parser', 'Member[parse,parseTree,stripComments]'],
  ['lossless-json', 'Member[parse,stringify]'],
  ['@iarna/toml', 'Member[parse]'],
  ['@ltd/j-toml', 'Member[parse]'],
  ['smol-toml', 'Member[parse]'],
  ['json-stringify-safe', ''],
  ['fast-safe-stringify', ''],
  ['json-stable-stringify', ''],
  ['stringify-object', ''],
  ['url-parse', ''],
  ['parse-url', ''],
  ['urijs', ''],
  ['uri-js', 'Member[parse,normalize,resolve,serialize]'],
  ['fast-uri', 'Member[parse,normalize,resolve,serialize]'],
  ['querystringify', 'Member[parse]'],
  [
    'ufo',
    'Member[getQuery,parseURL,parseQuery,parsePath,parseFilename,normalizeURL,withoutProtocol,withHttps,withTrailingSlash,cleanDoubleSlashes,decode,decodePath]',
  ],
  ['content-disposition', 'Member[parse]'],
  ['content-type', 'Member[parse]'],
  ['string-format', ''],
  [
    'voca',
    'Member[trim,trimLeft,trimRight,lowerCase,upperCase,capitalize,camelCase,snakeCase,titleCase,replace,replaceAll,slice,substr,substring,first,last,prune,truncate,padLeft,padRight,pad,repeat,reverse,insert,wordWrap]',
  ],
  [
    'underscore.string',
    'Member[trim,ltrim,rtrim,clean,capitalize,decapitalize,titleize,camelize,underscored,humanize,truncate,prune,pad,lpad,rpad,repeat,reverse,replaceAll,strLeft,strRight,lines,chars,unquote]',
  ],
  ['case', 'Member[upper,lower,capital,title,sentence,of]'],
  ['chalk', 'AnyMember'],
  ['picocolors', 'AnyMember'],
  ['kleur', 'AnyMember'],
  ['colorette', 'AnyMember'],
  ['html-to-text', 'Member[convert,htmlToText]'],
  ['node-html-parser', 'Member[parse]'],
  ['iconv', 'Member[Iconv].Instance.Member[convert]'],
  ['fflate', 'Member[strFromU8,strToU8,gunzipSync,unzlibSync,inflateSync,decompressSync]'],
  ['shell-quote', 'Member[parse]'],
  ['crypto-js', 'Member[enc].Member[Base64,Base64url,Hex,Utf8,Latin1].Member[parse,stringify]'],
  ['crypto-js', 'Member[AES,DES,TripleDES,RC4,Rabbit].Member[decrypt]'],
  ['immutable', 'Member[Map,OrderedMap,List,Set,OrderedSet,Stack,Seq,Collection,Record,fromJS]'],
];

export const moreData: Models = {
  language: 'javascript',
  summaries: [
    ...first.map(([name, path]) => [name, path, 'Argument[0]', 'ReturnValue', 'taint'] as const),
    ['ts-deepmerge', 'Member[merge]', 'Argument[1..]', 'ReturnValue', 'taint'],
    ['string-format', '', 'Argument[1..]', 'ReturnValue', 'taint'],
    ['qs', 'Member[stringify]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['query-string', 'Member[stringify,stringifyUrl]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    ...['qs', 'query-string'].map(
      (name) => [name, 'Member[stringify].ReturnValue', ['xss', 'header', 'log'], encodes] as const,
    ),
    ['bs58', 'Member[encode].ReturnValue', 'all'],
  ],
};
