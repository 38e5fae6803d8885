const falsy =
  'Express takes a falsy value that a synchronous handler throws for `next()`: the request goes on to the next handler. In an async handler it is an error.';
const noHttp2 = 'Express does not run on HTTP/2.';

/** What a framework does another way, and why it is no bug: by case, or by area as `http2/*`, then by framework. */
export const differences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'errors/null': { express: falsy },
  'errors/undefined': { express: falsy },
  'errors/boolean': { express: falsy },
  'http2/*': { express: noHttp2, 'nest-express': noHttp2 },
};

/** All of them once, in the order of the notes below the table. */
export const reasons: readonly string[] = [
  ...new Set(Object.values(differences).flatMap((each) => Object.values(each))),
];

/** The reason why a case is different in a framework. */
export function differenceOf(id: string, framework: string): string | undefined {
  const area = `${id.split('/', 1)[0]}/*`;
  return differences[id]?.[framework] ?? differences[area]?.[framework];
}
