/**
 * The functions of a package that make middleware from schemas. The middleware validates a request before its handler: it
 * rejects the request, or replaces the request's parts by the output of the schemas. The packages are celebrate 15,
 * express-joi-validation 5 and 6, express-validation 4, zod-express-middleware 1, express-zod-safe 1 to 3. Documentation:
 * the README of each.
 */
export interface ValidationMiddleware {
  /** Functions that take an object with a schema for each part of the request: `celebrate({ body: schema })`. */
  readonly ofParts: ReadonlySet<string>;
  /**
   * Functions and methods that take the schema of one part, each with the name of the part: `validator.body(schema)`.
   */
  readonly ofOne: ReadonlyMap<string, string>;
}

const noPart: ReadonlyMap<string, string> = new Map();

export const validationMiddleware: ReadonlyMap<string, ValidationMiddleware> = new Map([
  ['celebrate', { ofParts: new Set(['celebrate', 'default']), ofOne: noPart }],
  [
    'express-joi-validation',
    {
      ofParts: new Set<string>(),
      ofOne: new Map([
        ['body', 'body'],
        ['query', 'query'],
        ['params', 'params'],
        ['headers', 'headers'],
        ['fields', 'body'],
      ]),
    },
  ],
  ['express-validation', { ofParts: new Set(['validate']), ofOne: noPart }],
  [
    'zod-express-middleware',
    {
      ofParts: new Set(['validateRequest', 'processRequest']),
      ofOne: new Map([
        ['validateRequestBody', 'body'],
        ['validateRequestQuery', 'query'],
        ['validateRequestParams', 'params'],
        ['processRequestBody', 'body'],
        ['processRequestQuery', 'query'],
        ['processRequestParams', 'params'],
      ]),
    },
  ],
  ['express-zod-safe', { ofParts: new Set(['default', 'validate']), ofOne: noPart }],
]);

/** Values of hapi's option `failAction` for which an invalid request still reaches its handler. */
export const goingOn: ReadonlySet<unknown> = new Set(['log', 'ignore']);
