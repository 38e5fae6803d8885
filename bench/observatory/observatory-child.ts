/**
 * MDN's Observatory on one server of this machine: prints `{ "hsts": { "pass": true, "result": "hsts-implemented-..." }, ... }`.
 *
 * node --import tsx bench/observatory/observatory-child.ts <folder of the package> <url> <url over http>
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Output {
  readonly constructor: { readonly name: string };
  readonly pass: boolean | null;
  readonly result: string | null;
}

interface Retrieved {
  readonly responses: { readonly auto: { readonly status: number } | null };
}

const [folder = '', url = '', httpUrl = ''] = process.argv.slice(2);
const load = (path: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(join(folder, 'src', path)).href);
const { retrieve } = (await load('retriever/retriever.js')) as {
  retrieve(host: string, ports: object): Promise<Retrieved>;
};
const { ALL_TESTS } = (await load('constants.js')) as {
  ALL_TESTS: readonly ((of: Retrieved) => Output)[];
};

/** Nothing answers on the port for tcpmux. */
const closed = 1;
const portOf = (of: string, protocol: string): number =>
  URL.canParse(of) && new URL(of).protocol === protocol ? Number(new URL(of).port) : closed;

const retrieved = await retrieve('127.0.0.1', {
  httpPort: portOf(httpUrl, 'http:'),
  httpsPort: portOf(url, 'https:'),
});
const status = retrieved.responses.auto?.status;
if (status === undefined) console.log(JSON.stringify({ error: 'no answer' }));
// What its own program refuses.
else if (status >= 400 && status !== 401 && status !== 403)
  console.log(JSON.stringify({ error: `status ${status}` }));
else
  console.log(
    JSON.stringify(
      Object.fromEntries(
        ALL_TESTS.map((test) => {
          const output = test(retrieved);
          return [output.constructor.name, { pass: output.pass, result: output.result }];
        }),
      ),
    ),
  );
process.exit(0);
