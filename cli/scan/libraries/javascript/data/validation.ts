/**
 * validator 13, zod 3 and 4, joi 17 and 18, ajv 8, express-validator 7, uuid 9 to 13. Documentation:
 * https://github.com/validatorjs/validator.js, https://zod.dev/api
 */

import type { Models } from '../../../models/model.ts';
import type { SinkId } from '../../../sinks/sink-kinds.ts';

/** Sanitises all kinds for which letters and digits are harmless. It can still be `constructor`. */
const plainText: readonly SinkId[] = [
  'sql',
  'nosql',
  'xss',
  'ssrf',
  'command',
  'path',
  'code',
  'template',
  'xxe',
  'ldap',
  'xpath',
  'header',
  'log',
  'csv',
  'mail',
  'redirect',
  'regex',
  'redos',
  'trust',
];

/** Sanitises text, but an address decides which host is reached. */
const address: readonly SinkId[] = plainText.filter((kind) => kind !== 'ssrf' && kind !== 'redirect');
/** Sanitises a version of digits, letters, dots, `-` and `+`, around which there may be white space and line breaks. */
const spacedVersion: readonly SinkId[] = address.filter(
  (kind) => !['header', 'log', 'mail', 'csv', 'trust'].includes(kind),
);

const chain =
  'int,min,max,gt,gte,lt,lte,positive,negative,nonnegative,nonpositive,finite,safe,multipleOf,step,optional,nullable,nullish,default,prefault,describe,brand,readonly,uuid,meta,exclude,extract,array';
/** express-validator: checks that reject all but short or simple strings, or convert to a number or a date. */
const refusing =
  'isInt,isFloat,isNumeric,isDecimal,isBoolean,isUUID,isMongoId,isHexadecimal,isIn,isISO8601,isPort,isULID,isString,isEmail,isURL,isAlpha,isAlphanumeric,isSlug,isLength,matches';
const going =
  'trim,ltrim,rtrim,escape,unescape,blacklist,whitelist,stripLow,normalizeEmail,toLowerCase,toUpperCase,default,replace,notEmpty,isEmpty,exists,optional,not,if,withMessage,custom,customSanitizer,equals,contains,isArray,isObject,hide';

const textChain =
  'min,max,length,trim,email,url,regex,startsWith,endsWith,includes,nonempty,toLowerCase,toUpperCase,optional,nullable,nullish,default,describe,brand,datetime,ip';

export const validation: Models = {
  language: 'javascript',
  types: [
    ['validator.Module', 'validator', ''],
    ['validator.Module', 'validator/es', ''],
    ['zod.Module', 'zod', ''],
    ['zod.Module', 'zod', 'Member[z]'],
    ['zod.Module', 'zod/v4', ''],
    ['zod.Module', 'zod/v4', 'Member[z]'],
    // Numbers, choices, ids: no free text of the client's.
    [
      'zod.Clean',
      'zod.Module',
      'Member[number,int,int32,uint32,boolean,bigint,date,enum,nativeEnum,literal,uuid,uuidv4,uuidv7,guid,nan,stringbool].ReturnValue',
    ],
    ['zod.Clean', 'zod.Module', 'Member[coerce].Member[number,boolean,bigint,date].ReturnValue'],
    ['zod.Clean', 'zod.Clean', `Member[${chain}].ReturnValue`],
    ['zod.Text', 'zod.Module', 'Member[string,email,url].ReturnValue'],
    ['zod.Text', 'zod.Text', `Member[${textChain}].ReturnValue`],
    ['zod.Clean', 'zod.Text', 'Member[uuid,guid,cuid,cuid2,ulid,nanoid].ReturnValue'],
    ['zod.Object', 'zod.Module', 'Member[object,strictObject].ReturnValue'],
    [
      'zod.Object',
      'zod.Object',
      'Member[strict,strip,extend,merge,pick,omit,partial,required,optional,describe,refine,superRefine].ReturnValue',
    ],
    ['zod.Schema', 'zod.Text', ''],
    ['zod.Schema', 'zod.Object', ''],
    [
      'express-validator.Chain',
      'express-validator',
      'Member[body,query,param,header,cookie,check].ReturnValue',
    ],
    ['express-validator.Chain', 'express-validator.Chain', `Member[${going},bail].ReturnValue`],
    // With `bail`, the chain ends at a failed check; otherwise the rest of it runs too.
    ['express-validator.Tested', 'express-validator.Chain', `Member[${refusing}].ReturnValue`],
    ['express-validator.Tested', 'express-validator.Tested', `Member[${going},${refusing}].ReturnValue`],
    [
      'express-validator.Value',
      'express-validator.Chain',
      'Member[custom,customSanitizer].Argument[0].Parameter[0]',
    ],
    [
      'express-validator.TestedValue',
      'express-validator.Tested',
      'Member[custom,customSanitizer].Argument[0].Parameter[0]',
    ],
    ['joi.Module', 'joi', ''],
    ['joi.Module', '@hapi/joi', ''],
    ['joi.Object', 'joi.Module', 'Member[object].ReturnValue'],
    [
      'joi.Object',
      'joi.Object',
      'Member[keys,required,optional,with,without,or,and,xor,label,options,append].ReturnValue',
    ],
  ],
  sources: [
    ['express-validator', 'Member[matchedData].ReturnValue', 'remote'],
    ['express-validator.Value', '', 'remote'],
    ['express-validator.TestedValue', '', 'remote'],
  ],
  summaries: [
    ['zod.Schema', 'Member[parse,parseAsync]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['zod.Schema', 'Member[safeParse,safeParseAsync]', 'Argument[0]', 'ReturnValue.Member[data]', 'taint'],
    ['joi.Object', 'Member[validate]', 'Argument[0]', 'ReturnValue.Member[value]', 'taint'],
    ['joi.Object', 'Member[validateAsync]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['joi.Module', 'Member[attempt]', 'Argument[0]', 'ReturnValue', 'taint'],
    [
      'validator.Module',
      'Member[trim,ltrim,rtrim,normalizeEmail,stripLow,blacklist,whitelist,unescape,toString]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
  ],
  sanitizers: [
    // No object is left if the chain requires a string. Paths and headers never contain objects.
    ['express-validator.TestedValue', '', ['nosql', 'mass-assignment']],
    [
      'express-validator',
      'Member[param,header].ReturnValue.Member[custom,customSanitizer].Argument[0].Parameter[0]',
      ['nosql', 'mass-assignment'],
    ],
    ['zod.Clean', 'Member[parse,parseAsync].ReturnValue', 'all'],
    ['zod.Clean', 'Member[safeParse,safeParseAsync].ReturnValue.Member[data]', 'all'],
    ['zod.Text', 'Member[parse,parseAsync].ReturnValue', ['nosql', 'mass-assignment']],
    ['zod.Text', 'Member[safeParse,safeParseAsync].ReturnValue.Member[data]', ['nosql', 'mass-assignment']],
    // Unknown keys are removed (zod) or rejected (joi).
    ['zod.Object', 'Member[parse,parseAsync].ReturnValue', ['mass-assignment', 'prototype', 'trust']],
    [
      'zod.Object',
      'Member[safeParse,safeParseAsync].ReturnValue.Member[data]',
      ['mass-assignment', 'prototype', 'trust'],
    ],
    ['joi.Object', 'Member[validate].ReturnValue.Member[value]', ['mass-assignment', 'prototype', 'trust']],
    ['joi.Object', 'Member[validateAsync].ReturnValue', ['mass-assignment', 'prototype', 'trust']],
    ['validator.Module', 'Member[escape].ReturnValue', ['xss']],
    ['validator.Module', 'Member[toInt,toFloat,toBoolean,toDate].ReturnValue', 'all'],
    ['validator/lib/escape', 'ReturnValue', ['xss']],
    ['semver', 'Member[valid,clean].ReturnValue', 'all'],
    ['semver/functions/valid', 'ReturnValue', 'all'],
    ['semver/functions/clean', 'ReturnValue', 'all'],
  ],
  guards: [
    [
      'validator.Module',
      'Member[isUUID,isInt,isFloat,isNumeric,isDecimal,isBoolean,isHexadecimal,isMongoId,isMD5,isHash,isPort,isULID,isLuhnNumber,isISO31661Alpha2,isISO31661Alpha3,isISO4217].Argument[0]',
      'all',
    ],
    ['validator.Module', 'Member[isAlpha,isAlphanumeric,isSlug].Argument[0]', plainText],
    ['validator.Module', 'Member[isIP,isIPRange,isMACAddress].Argument[0]', address],
    ['validator.Module', 'Member[isIn,equals].Argument[0]', 'all'],
    ['uuid', 'Member[validate].Argument[0]', 'all'],
    ['semver', 'Member[valid].Argument[0]', spacedVersion],
    ['semver/functions/valid', 'Argument[0]', spacedVersion],
    ['is-uuid', 'Member[v1,v3,v4,v5,anyNonNil].Argument[0]', 'all'],
    ['ajv', 'Instance.Member[compile].ReturnValue.Argument[0]', ['nosql']],
    ['ajv', 'Member[Ajv].Instance.Member[compile].ReturnValue.Argument[0]', ['nosql']],
  ],
};
