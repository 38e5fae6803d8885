import { type Outcome, tryEach } from './outcome.ts';
import type { Person } from './person.ts';

const leaks = [/boom-password-4471/, /\bat .+:\d+:\d+\)?/, /node_modules/];

/** What an error response reveals, and which headers it lacks. */
export async function attackErrors(bob: Person): Promise<Outcome[]> {
  const notFound = await bob.get('/no/such/page');
  const failed = await bob.get('/boom');
  if (failed.status !== 500)
    throw new Error(`This test proves nothing: /boom answered with ${failed.status}.`);
  const malformed = await bob.json('/api/tickets', '{"title":');
  return [
    await tryEach('error leak', 'GET /boom and malformed JSON', [failed, malformed], async ({ text }) => {
      const leak = leaks.find((one) => one.test(text));
      return leak === undefined ? undefined : `shows ${leak.exec(text)?.[0].slice(0, 60)}`;
    }),
    await tryEach('missing headers', '404 and 500', [notFound, failed], async ({ headers, status }) => {
      const wanted = ['content-security-policy', 'x-content-type-options', 'referrer-policy'];
      const missing = wanted.filter((name) => headers[name] === undefined);
      return missing.length === 0 ? undefined : `${status} lacks ${missing.join(', ')}`;
    }),
  ];
}

/**
 * JSON that changes what other requests see: afterwards, an empty object makes a ticket with the planted title. It
 * breaks an application that falls for it, so it comes last.
 */
export async function attackPrototype(bob: Person): Promise<Outcome[]> {
  const marker = `planted${process.pid}`;
  const planted = { title: marker, body: marker };
  const payloads = [
    `{"title":"a","body":"b","__proto__":${JSON.stringify(planted)}}`,
    `{"title":"a","body":"b","constructor":{"prototype":${JSON.stringify(planted)}}}`,
    `{"title":"a","body":"b","\\u005f_proto__":${JSON.stringify(planted)}}`,
    `{"title":"a","body":"b","options":{"__proto__":${JSON.stringify(planted)}}}`,
  ];
  return [
    await tryEach('prototype pollution', 'POST /api/tickets', payloads, async (payload) => {
      // A server that no longer answers counts as lost too.
      const page = await bob
        .json('/api/tickets', payload)
        .then(() => bob.json('/api/tickets', '{}'))
        .then(() => bob.get('/login'))
        .catch(() => undefined);
      if (page === undefined || page.status === 500) return `${payload} broke every later page`;
      const { text } = await bob.get(`/api/tickets?q=${marker}`);
      return text.includes(`"title":"${marker}"`)
        ? `${payload} wrote the title of a later ticket`
        : undefined;
    }),
  ];
}
