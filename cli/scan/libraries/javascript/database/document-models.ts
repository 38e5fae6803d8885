/**
 * What document schemas add to the models that are made from them: mongoose 6 to 9, also in NestJS. Documentation:
 * https://mongoosejs.com/docs/guide.html#methods
 */
import type { HostId } from '../../../languages/language-id.ts';

/** The language of mongoose, whose names this file lists. */
export const documentHost: HostId = 'javascript';

/** Packages that have mongoose's schemas. A program that imports none of them is not searched for schemas. */
export const documentPackages: ReadonlySet<string> = new Set(['mongoose', '@nestjs/mongoose']);

/** Names of methods that make a model from a schema, or find a model by its name: `mongoose.model('User', schema)`. */
export const modelMakers: ReadonlySet<string> = new Set(['model', 'discriminator']);

/**
 * Names of a schema's members, and of its options, that hold functions. Functions in `statics` become methods of the model,
 * those in `methods` of its documents, and those in `query` of its queries.
 */
export const schemaParts = ['statics', 'methods', 'query'] as const;

/**
 * Methods of a schema that add functions, each with the part that gets them: `schema.method('name', f)` adds one function
 * to `methods`, `schema.method({ name: f })` adds all functions of the object.
 */
export const schemaAdders: ReadonlyMap<string, (typeof schemaParts)[number]> = new Map([
  ['static', 'statics'],
  ['method', 'methods'],
]);

/**
 * Names of a schema's methods that register a function whose `this` is a document: `schema.pre('save', function () { ...
 * })`.
 */
export const schemaHooks: ReadonlySet<string> = new Set(['pre', 'post']);

/** Names of methods of models, queries and documents that return documents, or a query for documents. */
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
