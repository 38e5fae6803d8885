/**
 * What schemas of documents bring to the models that are made of them: mongoose 6 to 9, also as NestJS uses it. Documentation:
 * https://mongoosejs.com/docs/guide.html#methods
 */
import type { HostId } from '../../../languages/language-id.ts';

/** The language of these libraries. */
export const documentHost: HostId = 'javascript';

/** Without one of these in a program nothing of it is looked for. */
export const documentPackages: ReadonlySet<string> = new Set(['mongoose', '@nestjs/mongoose']);

/** Makes a model of a schema, or finds the one of a name: `mongoose.model('User', schema)`. */
export const modelMakers: ReadonlySet<string> = new Set(['model', 'discriminator']);

/** Members of a schema and entries of its options that hold functions, and what these become members of. */
export const schemaParts = ['statics', 'methods', 'query'] as const;

/** Methods of a schema that add one function, or an object of some. */
export const schemaAdders: ReadonlyMap<string, (typeof schemaParts)[number]> = new Map([
  ['static', 'statics'],
  ['method', 'methods'],
]);

/** Methods of a schema whose functions run on a document: `schema.pre('save', function () { ... })`. */
export const schemaHooks: ReadonlySet<string> = new Set(['pre', 'post']);

/** Methods of a model and of a query that give documents, or a query for some. */
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
