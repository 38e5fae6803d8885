/**
 * js-yaml 3 and 4, yaml 2, node-serialize, serialize-to-js, funcster, cryo, class-transformer, flatted, jsonwebtoken
 * 9, jose. Documentation: the README of each.
 */
import type { Condition, Models } from '../../../models/model.ts';

/** For js-yaml 3. The schemas of js-yaml 4, and all of yaml, make plain data. */
const fullSchema: Condition = {
  at: 'Argument[1].Member[schema]',
  isApi: [['yaml.FullSchema', '']],
};

export const serialization: Models = {
  language: 'javascript',
  types: [['yaml.FullSchema', 'js-yaml', 'Member[DEFAULT_FULL_SCHEMA]']],
  sinks: [
    ['js-yaml', 'Member[load,loadAll].Argument[0]', 'deserialize', fullSchema],
    ['node-serialize', 'Member[unserialize].Argument[0]', 'deserialize'],
    ['serialize-to-js', 'Member[deserialize].Argument[0]', 'deserialize'],
    ['funcster', 'Member[deepDeserialize].Argument[0]', 'deserialize'],
    ['cryo', 'Member[parse].Argument[0]', 'deserialize'],
    ['php-unserialize', 'Member[unserialize].Argument[0]', 'deserialize'],
    ['javascript-serializer', 'Member[deserialize].Argument[0]', 'deserialize'],
  ],
  summaries: [
    ['js-yaml', 'Member[load,safeLoad,loadAll]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['js-yaml', 'Member[dump,safeDump]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['yaml', 'Member[parse,stringify]', 'Argument[0]', 'ReturnValue', 'taint'],
    [
      'class-transformer',
      'Member[plainToInstance,plainToClass,instanceToPlain,classToPlain]',
      'Argument[0,1]',
      'ReturnValue',
      'taint',
    ],
    ['flatted', 'Member[parse,stringify]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['superjson', 'Member[parse,stringify]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['json5', 'Member[parse,stringify]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['fast-json-stable-stringify', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['safe-stable-stringify', '', 'Argument[0]', 'ReturnValue', 'taint'],
    ['secure-json-parse', 'Member[parse,safeParse]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['destr', 'Member[destr,safeDestr]', 'Argument[0]', 'ReturnValue', 'taint'],
    // Decodes without verifying the signature.
    ['jsonwebtoken', 'Member[decode]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['jwt-decode', 'Member[jwtDecode]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['jose', 'Member[decodeJwt]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['ini', 'Member[parse,decode]', 'Argument[0]', 'ReturnValue', 'taint'],
    ['toml', 'Member[parse]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    ['secure-json-parse', 'Member[parse,safeParse].ReturnValue', ['prototype']],
    ['destr', 'Member[destr,safeDestr].ReturnValue', ['prototype']],
  ],
};
