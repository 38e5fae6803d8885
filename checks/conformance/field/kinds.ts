/** Kinds of answers that the usual sets are asked for: what of them has the security headers of `GET /`? */
export const kinds: readonly (readonly [what: string, target: string, method?: string])[] = [
  ['HEAD', '/', 'HEAD'],
  ['a page', '/page'],
  ['JSON', '/json'],
  ['a redirect', '/redirect'],
  ['a status of its own', '/gone'],
  ['a stream', '/stream'],
  ['404', '/nothing'],
  ['another method', '/page', 'DELETE'],
  ['OPTIONS', '/page', 'OPTIONS'],
  ['a target that is malformed', '/%'],
  ['an error', '/throw/error'],
  ['a rejected promise', '/reject/error'],
  ['a thrown string', '/throw/string'],
  ['a thrown null', '/reject/null'],
  ['a thrown proxy', '/throw/proxy'],
  ['an error behind headers of a body', '/failing'],
];
