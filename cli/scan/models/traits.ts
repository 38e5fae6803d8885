/**
 * Named facts that models declare of what libraries have, in their column `traits`. The scanner concludes from a trait what its
 * comment says, and never from a library's name.
 */
export const traits = [
  // Handlers, and the objects that take them.

  /** A handler calls the next handler explicitly, so that a store into a shared argument reaches that one only if it does. */
  'calls-next-handler',
  /** A handler has two parameters: a context, and the next handler. */
  'next-handler-is-second',
  /** An async handler of two parameters lets the request continue if it returns without an answer. */
  'continues-after-return',
  /** Fields of a request are read by methods: `context.req.param('id')`. */
  'fields-by-methods',
  /** A route's path has the pattern of a parameter in braces: `/:id{[0-9]+}`. */
  'patterns-in-braces',
  /** Middleware for a path without `*` runs for that path alone. */
  'matches-whole-paths',
  /** The options of a route may hold a JSON schema for each part of a request. */
  'schemas-in-options',
  /** A handler gets the parameters of the route's path, and nothing else of the request. */
  'passes-path-parts-only',
  /** The path is matched as it was sent, and its parameters are decoded afterwards: `%2F` becomes a separator in them. */
  'decodes-path-parts',
  /** A handler's parameters get values of their declared types only, whatever wraps the handler. */
  'checks-declared-types',

  // What is read.

  /** It comes out of an archive, which matters more than who sent that. */
  'in-archive',
  /** It is an upload of a form, which matters more than that the form was sent. */
  'in-form-field',
  /** A method that is given an object sets what it would read otherwise: `$(link).attr({ name, value })`. */
  'sets-by-object',
  /** Programs make such objects too, with `new` and its class. What is read from one that is made here is no source. */
  'may-be-made-here',
  /** Only the name of a value suggests that it is one. */
  'is-guessed',
  /** The fields of a form have what its class declares and validates. */
  'validates-fields',

  // What is called.

  /** Its method `throw` never returns, and its method `assert` throws unless the first argument is true. */
  'throws-answers',
  /** A text that escapes what is joined to it. */
  'escapes-operands',
] as const;

export type Trait = (typeof traits)[number];
