/**
 * What document schemas add to the models that are made from them: mongoose 6 to 9, also in NestJS. Documentation:
 * https://mongoosejs.com/docs/guide.html#methods
 */
import type { HostId } from '../../../languages/language-id.ts';

/** The language of the mongoose names in this file. */
export const documentHost: HostId = 'javascript';

/** Packages that have mongoose's schemas. In a program that imports none of them, the scanner does not look for schemas. */
export const documentPackages: ReadonlySet<string> = new Set(['mongoose', '@nestjs/mongoose']);

/**
 * Names of mongoose methods that make a model from a schema, or find a model by its name:
 * `mongoose.model('User', schema)`.
 */
export const modelMakers: ReadonlySet<string> = new Set(['model', 'discriminator']);

/**
 * Members of a mongoose schema, or of its options, that hold functions by name: `schema.methods.greet = f`. Functions in
 * `statics` become methods of the model, those in `methods` become methods of its documents, and those in `query` become
 * methods of its queries.
 */
export const schemaParts = ['statics', 'methods', 'query'] as const;

/**
 * Names of a mongoose schema's methods that add functions to `schema.statics` or `schema.methods`, each with the member
 * that it adds to. `schema.method('name', f)` adds one function to `methods`, `schema.method({ name: f })` adds all
 * functions of the object.
 */
export const schemaAdders: ReadonlyMap<string, (typeof schemaParts)[number]> = new Map([
  ['static', 'statics'],
  ['method', 'methods'],
]);

/**
 * Names of a mongoose schema's methods that register a function whose `this` is a document:
 * `schema.pre('save', function () { ... })`.
 */
export const schemaHooks: ReadonlySet<string> = new Set(['pre', 'post']);

/** Names of methods of mongoose's models, queries and documents that return documents, or a query for documents. */
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
