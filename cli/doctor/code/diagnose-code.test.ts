import { afterEach, describe, expect, it } from 'vitest';
import { createFolder } from '../../scan/testing/folder.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnoseCode } from './diagnose-code.ts';

const folders: { remove(): void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function diagnose(files: Readonly<Record<string, string>>): ReadonlyMap<string, Diagnosis> {
  const folder = createFolder({ '.git/HEAD': '', ...files });
  folders.push(folder);
  return new Map(diagnoseCode(folder.path).map((diagnosis) => [diagnosis.id, diagnosis]));
}

const verdictOf = (id: string, code: string): string | undefined =>
  diagnose({ 'app.ts': code }).get(id)?.verdict;

const start = `import { bulwark, bulwarkErrors } from 'bulwark/express'; import express from 'express'; const app = express();`;
const whole = `${start} app.use(bulwark()); app.get('/', show); app.use(bulwarkErrors());`;

describe('code/setup', () => {
  it('finds an adapter that is imported and never called', () => {
    expect(verdictOf('code/setup', `import { bulwark } from 'bulwark/express';`)).toBe('wrong');
    expect(verdictOf('code/setup', whole)).toBe('ok');
    expect(
      verdictOf('code/setup', `const { bulwark } = require('bulwark/express'); app.use(bulwark());`),
    ).toBe('ok');
    expect(verdictOf('code/setup', `import { sql } from 'bulwark/sql'; sql\`select 1\``)).toBe('unknown');
    expect(verdictOf('code/setup', 'const a = 1;')).toBe('unknown');
  });

  it('knows how each of the other adapters is called', () => {
    for (const code of [
      `import { bulwark } from 'bulwark/node'; createServer(bulwark({}, handler));`,
      `import { bulwark } from 'bulwark/fastify'; await app.register(bulwark, {});`,
      `import { BulwarkModule } from 'bulwark/nest'; export const imports = [BulwarkModule.forRoot({})];`,
      `import * as guard from 'bulwark/koa'; app.use(guard.bulwark());`,
      `import { withBulwark } from 'bulwark/next'; export const GET = withBulwark(handler, {});`,
    ]) {
      expect(verdictOf('code/setup', code), code).toBe('ok');
    }
  });
});

describe('code/order', () => {
  it.each([
    `${start} app.get('/', show); app.use(bulwark());`,
    `${start} app.use(express.static('public')); app.use(bulwark());`,
    `${start} app.use('/api', router).use(bulwark());`,
    `${start} app.route('/a').get(show); app.use(bulwark());`,
    `import { bulwark as guard } from 'bulwark/express'; export function make() { const app = express(); app.post('/', act); app.use(guard({ csp: false })); return app; }`,
    `import { bulwark } from 'bulwark/koa'; const app = new Koa(); app.use(router.routes()); app.use(bulwark());`,
    `import { bulwark } from 'bulwark/hono'; const app = new Hono().get('/', show).use(bulwark());`,
  ])('finds a route before bulwark(): %s', (code) => {
    expect(verdictOf('code/order', code)).toBe('wrong');
  });

  it.each([
    whole,
    `${start} app.set('view engine', 'ejs'); app.get('view engine'); app.disable('etag'); app.use(bulwark());`,
    `${start} app.get('/healthz', alive); app.use(bulwark());`,
    `${start} app.use(bulwark()); app.use(express.static('public'));`,
    `import { bulwark } from 'bulwark/express'; const app = express().use(bulwark()).get('/', show); app.get('/a', show);`,
    `${start} const api = express.Router(); api.get('/', show); app.use(bulwark()); app.use('/api', api);`,
    `${start} function routes(app) { app.get('/', show); } app.use(bulwark()); routes(app);`,
    `import { bulwark } from 'bulwark/express'; function a() { const app = express(); app.get('/', show); } function b() { const app = express(); app.use(bulwark()); }`,
  ])('accepts: %s', (code) => {
    expect(verdictOf('code/order', code)).toBe('ok');
  });

  it('names the place, and the line that fixes it', () => {
    const { evidence, fix } = diagnose({
      'src/app.ts': `${start}\napp.get('/', show);\napp.use(bulwark());`,
    }).get('code/order') as Diagnosis;
    expect(evidence).toEqual(["src/app.ts:2: app.get('/', ...) comes before app.use(bulwark())"]);
    expect(fix).toEqual(['app.use(bulwark()); // the first call on app']);
  });
});

describe('code/errors', () => {
  it.each([
    `${start} app.use(bulwark()); app.use(bulwarkErrors()); app.get('/', show);`,
    `import { bulwark } from 'bulwark/express'; const app = express(); app.use(bulwark()); app.get('/', show);`,
    `import { bulwark } from 'bulwark/hono'; const app = new Hono(); app.use(bulwark());`,
  ])('finds errors that are answered elsewhere: %s', (code) => {
    expect(verdictOf('code/errors', code)).toBe('wrong');
  });

  it.each([
    whole,
    `import { bulwark, bulwarkErrors } from 'bulwark/hono'; const app = new Hono(); app.use(bulwark()); app.onError(bulwarkErrors()); app.get('/', show);`,
    `${start} app.use(bulwark()); app.use(bulwarkErrors()); app.listen(8080); app.get('etag');`,
  ])('accepts: %s', (code) => {
    expect(verdictOf('code/errors', code)).toBe('ok');
  });

  it('accepts a handler that another file adds', () => {
    const found = diagnose({
      'app.ts': `import { bulwark } from 'bulwark/express'; export const app = express(); app.use(bulwark());`,
      'errors.ts': `import { bulwarkErrors } from 'bulwark/express'; import { app } from './app'; app.use(bulwarkErrors());`,
    });
    expect(found.get('code/errors')?.verdict).toBe('ok');
  });
});

describe('code/guards', () => {
  const made = `import { sessions } from 'bulwark/session'; const session = sessions({ store });`;

  it.each([
    made,
    `${made} app.get('/', (req) => session.of(req));`,
    `import { sessions } from 'bulwark/session'; sessions({ store });`,
    `import { rateLimit as limit } from 'bulwark/rate-limit'; const perClient = limit({ store });`,
    `import { csrf } from 'bulwark/csrf'; const guard = csrf({ keys }); page(guard.token(req, {}));`,
    `import { sealedSessions } from 'bulwark/session/sealed'; export const session = sealedSessions({ keys });`,
  ])('finds one that no request reaches: %s', (code) => {
    expect(verdictOf('code/guards', code)).toBe('wrong');
  });

  it.each([
    `${made} app.use(bulwark({ session }));`,
    `${made} app.use(bulwark({ session: session as never }));`,
    `${made} const options = { session }; app.use(bulwark(options));`,
    `${made} await session.load(req, res);`,
    `import { sessions } from 'bulwark/session'; app.use(bulwark({ session: sessions({ store }) }));`,
    `import { sessions } from 'bulwark/session'; export const make = () => sessions({ store });`,
    `import { rateLimit } from 'bulwark/rate-limit'; const limit = rateLimit({ store }); app.get('/', routeRateLimit(limit), show);`,
    `import { csrf } from 'bulwark/csrf'; const guard = csrf(); guard.enforce(guard.check(req, facts));`,
    `import { cors } from 'bulwark/cors'; const share = cors({ origins }); share.answer(req);`,
  ])('accepts: %s', (code) => {
    expect(verdictOf('code/guards', code)).toBe('ok');
  });

  it('follows a guard into the file that imports it', () => {
    const session = `import { sessions } from 'bulwark/session'; export const session = sessions({ store });`;
    const passes = `import { session } from './session.ts'; app.use(bulwark({ session }));`;
    const reads = `import { session } from './session.ts'; app.get('/', (req) => session.of(req));`;
    expect(diagnose({ 'session.ts': session, 'app.ts': passes }).get('code/guards')?.verdict).toBe('ok');
    const idle = diagnose({ 'session.ts': session, 'app.ts': reads }).get('code/guards');
    expect(idle).toMatchObject({ verdict: 'wrong', fix: ['bulwark({ session })'] });
    expect(idle?.evidence).toEqual(['session.ts:1: session is never passed to bulwark()']);
  });
});

describe('code/unused', () => {
  it('finds what is imported and never used', () => {
    expect(
      verdictOf('code/unused', `import { sanitize } from 'bulwark/html'; res.send(req.body.text);`),
    ).toBe('wrong');
    expect(verdictOf('code/unused', `import { sanitize } from 'bulwark/html'; export { sanitize };`)).toBe(
      'ok',
    );
    expect(
      verdictOf('code/unused', `import { sanitize } from 'bulwark/html'; send(sanitize(text, 'article'));`),
    ).toBe('ok');
    expect(verdictOf('code/unused', `import { sql } from 'bulwark/sql'; sql\`select 1\`;`)).toBe('ok');
    expect(verdictOf('code/unused', `import type { Sql } from 'bulwark/sql'; let query: Sql;`)).toBe('ok');
    expect(verdictOf('code/unused', `import { type Sql } from 'bulwark/sql'; let query: Sql;`)).toBe('ok');
    expect(verdictOf('code/unused', `import { Refusal } from 'bulwark'; function f(error: Refusal) {}`)).toBe(
      'ok',
    );
  });

  it('counts a use in JSX', () => {
    const page = `import { Data } from 'bulwark/html/react'; export const Page = () => <Data value={1} />;`;
    expect(diagnose({ 'page.tsx': page }).get('code/unused')?.verdict).toBe('ok');
  });
});

describe('code/copies', () => {
  const lock = (...paths: string[]): string =>
    JSON.stringify({ packages: Object.fromEntries(paths.map((path) => [path, { version: '0.1.0' }])) });

  it('counts how often bulwark is installed', () => {
    const twice = diagnose({
      'package-lock.json': lock('', 'node_modules/bulwark', 'node_modules/a/node_modules/bulwark'),
    });
    expect(twice.get('code/copies')).toMatchObject({
      verdict: 'wrong',
      summary: 'bulwark is installed 2 times.',
    });
    const once = diagnose({
      'package-lock.json': lock('', 'node_modules/bulwark', 'node_modules/bulwark-cli'),
    });
    expect(once.get('code/copies')?.verdict).toBe('ok');
    for (const text of ['{', 'null', '{"packages":[]}', '{"packages":{"a":null}}']) {
      expect(diagnose({ 'package-lock.json': text }).get('code/copies')?.verdict, text).not.toBe('wrong');
    }
  });
});

describe('any code', () => {
  it('is read without an error, or skipped', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const found = diagnose({
      'a.ts': 'import {',
      'b.js': deep,
      'c.ts': whole,
      'd.js': `${'app.get()'.repeat(1)}${'.get()'.repeat(5_000)}`,
    });
    expect(found.get('code/order')?.verdict).toBe('ok');
  });
});
