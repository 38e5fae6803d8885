/**
 * Names of facts that models declare about library values, in their column `traits`. The comment of a trait says what the scanner
 * concludes from it. The scanner never concludes anything from a library's name.
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
  /** The parameters of a handler are the parts of the route's path, in order: no request comes first. */
  'passes-path-parts-first',
  /** A function that it takes has an error as its first parameter if it has four, and none if it has fewer. */
  'may-take-error-first',
  /** Its routes match paths in any case of their letters. */
  'ignores-case-of-paths',
  /** The object that holds an action declares and checks the inputs that the action gets. */
  'declares-inputs',
  /** A handler's parameters get values of their declared types only, whatever wraps the handler. */
  'checks-declared-types',

  /** A framework finds it by the path of its file, or by a directive. */
  'found-by-file',
  /** Its methods register routes. */
  'registers-routes',

  // What is read.

  /** A request, whose `files` are uploads. */
  'is-request',
  /** A handler gets it: a request, an answer, or both. */
  'passed-to-handlers',
  /** Every program reads such data, and nobody who has sent it waits for an answer. */
  'read-by-every-program',
  /** Its method `get` reads an entry or an attribute, and sends nothing. */
  'entries-by-get',
  /** What is spread into it are the properties of a component, as its users pass them. */
  'spreads-properties',

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
  /** It answers a request: its second argument is the headers. */
  'starts-answer',
  /** A class of answers, whose argument `headers` may have the type of what is answered. */
  'takes-headers-by-name',
  /** A class of answers that are HTML unless they say otherwise. */
  'answers-html',
  /** It renders a template, which escapes its parts if it, or its environment, was made so. */
  'renders-template',
  /** It makes an action: the reducer of the same name runs with the argument as its payload. */
  'creates-actions',
  /** The first argument is markup where it begins with a tag, and refers to elements otherwise. */
  'takes-selector-or-markup',
  /** The same, but most callers pass an element: a value that may be an object of a library is taken for one. */
  'takes-element-or-markup',
  /** A path whose later parts stay below the first one, apart from `..`. */
  'joins-below',
  /** The same, but a part that begins with a separator starts over. */
  'joins-or-restarts',
  /** The result is a decoded text, which may hold line breaks that the input had not: of percent-encoding, Base64, JSON, tokens. */
  'decodes-text',
  /** It gives the address of a host. */
  'resolves-host',
  /** It gives several addresses of a host, or a test of the only one is not followed. */
  'resolves-to-many',
  /** Its first argument is a regular expression. */
  'reads-pattern',
  /** It applies a regular expression, its first argument, at the start of the second. */
  'matches-at-start',
  /** It applies a regular expression to the whole second argument. */
  'matches-whole',
  /** It applies a regular expression anywhere in the second argument. */
  'searches',
  /** It looks for all matches of a regular expression in the second argument. */
  'finds-all',
  /** The same, and the flags are the fourth argument. */
  'splits',
  /** It looks for all matches in the third argument, and the flags are the fifth. */
  'replaces-all',
  /** A text that escapes what is joined to it. */
  'escapes-operands',
] as const;

export type Trait = (typeof traits)[number];
