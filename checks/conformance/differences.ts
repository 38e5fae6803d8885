const falsy =
  'Express takes a falsy value that a synchronous handler throws for `next()`: the request goes on to the next handler. In an async handler it is an error.';
const noHttp2 = 'Express does not run on HTTP/2.';
const nextHttp2 = 'Next.js does not run on HTTP/2.';
const inHandlers =
  'In Next.js, the checks that refuse run in `withBulwark`, `action` and `page`. A path without any of them is a 404, whoever asks, and a body may have been sent before its request is refused.';
const nestStream =
  'Nest on Express answers a `StreamableFile` that fails before its first byte with 400 and without details.';

/** What a framework does another way, and why it is no bug: by case, or by area as `http2/*`, then by framework. */
export const differences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'errors/null': { express: falsy },
  'errors/undefined': { express: falsy },
  'errors/boolean': { express: falsy },
  'errors/before-stream': { 'nest-express': nestStream },
  'http2/*': { express: noHttp2, 'nest-express': noHttp2, next: nextHttp2 },
  'csrf/every-path': { next: inHandlers },
  'http/expect-csrf': { next: inHandlers },
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
