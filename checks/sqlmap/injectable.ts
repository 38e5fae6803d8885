/**
 * What sqlmap finds in the undefended application, by target: text that goes into a statement as it is. Its other
 * parameters have their quotes doubled or are hashed first, and so are no holes there either.
 */
export const injectable: readonly string[] = [
  'POST login email',
  'POST login email in JSON',
  'GET products category',
  'GET products min',
  'GET products max',
  'GET products sort',
  'GET profile id',
  'GET api/users/:id',
  'GET api/products category',
  'GET api/products min',
  'GET api/products max',
  'GET api/products sort',
  'GET api/suggestions q',
  'GET report month',
];

/** Numbers and ids: the defended application refuses what is none, and no statement is made. */
export const numeric: ReadonlySet<string> = new Set([
  'GET products min',
  'GET products max',
  'GET profile id',
  'GET api/users/:id',
  'GET api/products min',
  'GET api/products max',
]);
