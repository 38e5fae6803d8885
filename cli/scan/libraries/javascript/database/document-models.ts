/**
 * What document schemas add to the models that are made from them: mongoose 6 to 9, also in NestJS. Documentation:
 * https://mongoosejs.com/docs/guide.html#methods
 */
import type { HostId } from '../../../languages/language-id.ts';

/** The language of these libraries. */
export const documentHost: HostId = 'javascript';

/** Only searched for in programs that import one of these. */
export const documentPackages: ReadonlySet<string> = new Set(['mongoose', '@nestjs/mongoose']);

/** Makes a model from a schema, or finds the one of a name: `mongoose.model('User', schema)`. */
export const modelMakers: ReadonlySet<string> = new Set(['model', 'discriminator']);

/** Members of a schema, and entries of its options, that contain functions, and whose members these become. */
export const schemaParts = ['statics', 'methods', 'query'] as const;

/** Methods of a schema that add one function, or an object of several. */
export const schemaAdders: ReadonlyMap<string, (typeof schemaParts)[number]> = new Map([
  ['static', 'statics'],
  ['method', 'methods'],
]);

/** Methods of a schema whose functions run on a document: `schema.pre('save', function () { ... })`. */
export const schemaHooks: ReadonlySet<string> = new Set(['pre', 'post']);

/** Methods of a model and of a query that return documents, or a query for some. */
export const documentFinders: ReadonlySet<string> = new Set([
  'find',
  'findOne',
  'findById',
  'findOneAndUpdate',
  'findByIdAndUpdate',
  'findOneAndDelete',
  'findByIdAndDelete',
  'create',
  'hydrate',
  'where',
  'select',
  'populate',
  'sort',
  'limit',
  'skip',
  'orFail',
  'session',
  'exec',
  'save',
]);
