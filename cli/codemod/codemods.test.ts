import { describe, expect, it } from 'vitest';
import { codemodProjects } from './testing/try-codemod.ts';

const { project, run } = codemodProjects();

function rewritten(library: string, app: string): { code: number; text: string; app: string } {
  const { code, text, files } = run(library, project({ 'app.mjs': app }));
  return { code, text, app: files['app.mjs'] ?? '' };
}

const head = "import express from 'express';\n";

describe('codemod helmet', () => {
  const withOptions = (options: string) =>
    rewritten(
      'helmet',
      `${head}import helmet from 'helmet';\nconst app = express();\napp.use(helmet(${options}));\n`,
    );

  it('keeps the policy of helmet', () => {
    const { code, app } = withOptions('');
    expect(code).toBe(0);
    expect(app).toContain("import { bulwark } from 'bulwark/express';\nconst app");
    expect(app).toContain("'script-src': [\"'self'\"],");
    expect(app).toContain("headers: { 'X-Frame-Options': 'SAMEORIGIN' },");
  });

  it.each([
    ['{ contentSecurityPolicy: false }', 'csp: false'],
    ["{ contentSecurityPolicy: { directives: { imgSrc: ['*'] } } }", "'img-src': ['*'],"],
    [
      "{ contentSecurityPolicy: { directives: { 'script-src': [\"'unsafe-inline'\"] } } }",
      'allowUnsafeScripts: true',
    ],
    [
      '{ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }',
      "'upgrade-insecure-requests': false",
    ],
    ['{ contentSecurityPolicy: { reportOnly: true } }', 'reportOnly: true'],
    [
      '{ hsts: { maxAge: 24 * 60 * 60, includeSubDomains: false } }',
      "'Strict-Transport-Security': 'max-age=86400'",
    ],
    ['{ strictTransportSecurity: false }', "'Strict-Transport-Security': false"],
    ["{ referrerPolicy: { policy: ['origin', 'same-origin'] } }", "'Referrer-Policy': 'origin,same-origin'"],
    ['{ crossOriginEmbedderPolicy: true }', "'Cross-Origin-Embedder-Policy': 'require-corp'"],
    [
      "{ crossOriginResourcePolicy: { policy: 'cross-origin' } }",
      "'Cross-Origin-Resource-Policy': 'cross-origin'",
    ],
    ['{ dnsPrefetchControl: { allow: true } }', "'X-DNS-Prefetch-Control': 'on'"],
  ])('moves %s', (options, expected) => {
    const { code, app } = withOptions(options);
    expect([code, app]).toEqual([0, expect.stringContaining(expected)]);
    expect(app).not.toContain('helmet');
  });

  it.each([
    ['options', 'The options are computed'],
    ['{ ...options }', 'The options are computed'],
    ['{ contentSecurityPolicy: options }', 'The policy is computed'],
    [
      "{ contentSecurityPolicy: { directives: { scriptSrc: [(req, res) => 'x'] } } }",
      'The policy is computed',
    ],
    ['{ contentSecurityPolicy: { useDefaults: false } }', 'Without useDefaults'],
    ['{ hsts: { maxAge: age } }', 'The option hsts has to be moved by hand'],
    ['{ expectCt: { maxAge: 1 } }', 'The option expectCt has to be moved by hand'],
    ["{ referrerPolicy: { policy: 'sideways' } }", 'sideways'],
  ])('leaves %s, and says why', (options, why) => {
    const { code, text, app } = withOptions(options);
    expect([code, text]).toEqual([
      1,
      expect.stringMatching(/Left as it is, for you to change by hand:\n- app\.mjs:4: /),
    ]);
    expect(text).toContain(why);
    expect(app).toContain(`helmet(${options})`);
  });

  it('leaves helmet where bulwark() only reports so far, and removes it once it enforces', () => {
    const both = (csp: string) =>
      rewritten(
        'helmet',
        `${head}import helmet from 'helmet';\nimport { bulwark } from 'bulwark/express';\nconst app = express();\napp.use(bulwark(${csp}));\napp.use(helmet());\n`,
      );
    expect(both('{ csp: { reportOnly: true } }')).toMatchObject({
      code: 1,
      text: expect.stringContaining('its policy is report-only'),
    });
    expect(both('').app).toBe(
      `${head}import { bulwark } from 'bulwark/express';\nconst app = express();\napp.use(bulwark());\n`,
    );
  });

  it('leaves single middlewares, and helmet on routes', () => {
    const app = `${head}import helmet from 'helmet';\nconst app = express();\napp.use(helmet.frameguard());\napp.get('/', helmet(), (_, res) => res.end());\n`;
    const tried = rewritten('helmet', app);
    expect(tried).toMatchObject({ code: 1, app });
    expect(tried.text).toContain('app.mjs:4: This is a single middleware of helmet');
    expect(tried.text).toContain('app.mjs:5: Only `app.use(helmet(...))` is moved');
  });
});

describe('codemod cors', () => {
  const withOptions = (options: string) =>
    rewritten(
      'cors',
      `${head}import cors from 'cors';\nconst app = express();\napp.use(cors(${options}));\n`,
    );

  it.each([
    ['', "origins: '*'"],
    ["{ origin: 'https://a.example' }", "origins: ['https://a.example']"],
    [
      "{ origin: ['https://a.example', 'http://localhost:3000'], credentials: true }",
      'allowCredentials: true',
    ],
    ["{ methods: 'GET,PUT' }", "methods: ['GET', 'PUT']"],
    [
      "{ allowedHeaders: ['X-Api'], exposedHeaders: 'X-Total' }",
      "headers: ['X-Api'],\n  exposeHeaders: ['X-Total'],",
    ],
    ['{ maxAge: 60 * 10 }', 'maxAgeSeconds: 600'],
  ])('moves cors(%s)', (options, expected) => {
    const { code, app } = withOptions(options);
    expect([code, app]).toEqual([0, expect.stringContaining(expected)]);
    expect(app).toContain("import { routeCors } from 'bulwark/express';");
  });

  it.each([
    ['{ origin: true }', 'The origins are computed'],
    ['{ origin: /example/ }', 'The origins are computed'],
    ['{ origin: process.env.ORIGIN }', 'The origins are computed'],
    ["{ origin: 'null' }", 'null'],
    ["{ origin: '*', credentials: true }", 'allowCredentials'],
    ['{ preflightContinue: true }', 'preflightContinue has no equivalent'],
    ['options', 'The options are computed'],
  ])('leaves cors(%s), and says why', (options, why) => {
    const { code, text, app } = withOptions(options);
    expect([code, text]).toEqual([1, expect.stringContaining(why)]);
    expect(app).toContain(`cors(${options})`);
  });

  it('removes routes that only answer preflights', () => {
    const { app } = rewritten(
      'cors',
      `${head}import cors from 'cors';\nconst app = express();\napp.options('*all', cors());\napp.use(cors());\n`,
    );
    expect(app).not.toContain('options(');
  });
});

describe('codemod express-rate-limit', () => {
  const start = "import { bulwark } from 'bulwark/express';\n";
  const withOptions = (options: string) =>
    rewritten(
      'express-rate-limit',
      `${head}import rateLimit from 'express-rate-limit';\n${start}const app = express().use(bulwark());\napp.use(rateLimit(${options}));\n`,
    );

  it.each([
    ['{ windowMs: 15 * 60 * 1000, limit: 100 }', '{ store: memoryStore'],
    ['{ windowMs: 15 * 60 * 1000, max: 100 }', 'windowSeconds: 900,'],
    ['', 'limit: 5,\n  windowSeconds: 60,'],
    [
      '{ limit: Number(process.env.LIMIT), windowMs: WINDOW }',
      'limit: Number(process.env.LIMIT),\n  windowSeconds: Math.ceil((WINDOW) / 1000),',
    ],
  ])('moves rateLimit(%s)', (options, expected) => {
    const { code, app } = withOptions(options);
    expect(code).toBe(0);
    expect(app.replace('{\n  store', '{ store')).toContain(expected);
    expect(app).toContain("import { memoryStore, rateLimit } from 'bulwark/rate-limit';");
    expect(app).toContain("import { bulwark, routeRateLimit } from 'bulwark/express';");
  });

  it.each([
    ['{ limit: (req) => 5 }', 'The limit depends on the request'],
    ['{ limit: 0 }', 'A limit of 0 blocks everything'],
    ['{ limit: 1.5 }', 'limit takes a whole number'],
    ['{ limit: 1e400 }', 'limit takes a whole number'],
    ['{ windowMs: 1 / 0 }', 'windowSeconds takes a whole number'],
    ['{ keyGenerator: (req) => req.user.id }', 'The option keyGenerator has to be moved by hand'],
    ['{ store: new RedisStore() }', 'The option store has to be moved by hand'],
    ['{ skip: () => true }', 'The option skip has to be moved by hand'],
  ])('leaves rateLimit(%s), and says why', (options, why) => {
    expect(withOptions(options)).toMatchObject({ code: 1, text: expect.stringContaining(why) });
  });

  it('refuses to run without bulwark(), as all clients would share a counter', () => {
    expect(() =>
      rewritten('express-rate-limit', "import rateLimit from 'express-rate-limit';\nrateLimit();\n"),
    ).toThrow('This project has no bulwark()');
  });
});

describe('codemod csurf', () => {
  it('moves the guard and tokens, also in files without csurf', () => {
    const folder = project({
      'app.js':
        "const csurf = require('csurf');\nconst { bulwark } = require('bulwark/express');\nconst app = require('express')();\napp.use(bulwark({\n  csp: false,\n  csrf: { mode: 'report', until: '2027-03-01' },\n}));\napp.use(csurf({ cookie: true }));\n",
      'routes.js': "module.exports = (req, res) => res.render('x', { csrfToken: req.csrfToken() });\n",
    });
    const { code, files } = run('csurf', folder);
    expect(code).toBe(0);
    expect(files['app.js']).toBe(
      "const { keyring } = require('bulwark/secrets');\nconst { bulwark } = require('bulwark/express');\nconst app = require('express')();\napp.use(bulwark({\n  csp: false,\n  csrf: { keys: keyring(process.env['APP_SECRET'] ?? '') },\n}));\n",
    );
    expect(files['routes.js']).toBe(
      "const { csrfToken } = require('bulwark/express');\nmodule.exports = (req, res) => res.render('x', { csrfToken: csrfToken(req) });\n",
    );
  });

  it.each([
    ["app.post('/x', csurf(), handler);", 'Only `app.use(csurf(...))` is moved'],
    ['app.use(csurf({ value: (req) => req.body.token }));', 'The option value has to be moved by hand'],
    ["app.use((e, q, s, n) => e.code === 'EBADCSRFTOKEN');", 'The error is a Refusal now'],
  ])('leaves %s, and says why', (line, why) => {
    const app = `${head}import csurf from 'csurf';\nimport { bulwark } from 'bulwark/express';\nconst app = express().use(bulwark());\n${line}\n`;
    expect(rewritten('csurf', app)).toMatchObject({ code: 1, app, text: expect.stringContaining(why) });
  });

  it('leaves csurf where there is no bulwark() to set it in', () => {
    const app = `${head}import csurf from 'csurf';\nconst app = express();\napp.use(csurf());\n`;
    expect(rewritten('csurf', app)).toMatchObject({
      code: 1,
      app,
      text: expect.stringContaining('Run `bulwark init` first'),
    });
  });
});

describe('codemod sanitize-html', () => {
  const call = (options: string) =>
    rewritten(
      'sanitize-html',
      `import sanitizeHtml from 'sanitize-html';\nexport const clean = (text) => sanitizeHtml(text${options});\n`,
    );

  it.each([
    ['', "tags: ['address', 'article'"],
    [
      ", { allowedTags: ['b', 'a'], allowedAttributes: { a: ['href'] } }",
      "tags: ['b', 'a'],\n  attributes: { a: ['href'] },",
    ],
    [", { allowedTags: sanitizeHtml.defaults.allowedTags.concat(['img']) }", "'img']"],
    [", { allowedTags: [...sanitizeHtml.defaults.allowedTags, 'img'] }", "'img']"],
    [
      ", { allowedTags: ['p'], allowedClasses: { p: ['lead', 'note-*'] } }",
      "classes: { p: ['lead', 'note-*'] }",
    ],
  ])('moves sanitizeHtml(text%s)', (options, expected) => {
    const { code, app } = call(options);
    expect([code, app]).toEqual([0, expect.stringContaining(expected)]);
    expect(app).toContain('export const clean = (text) => render(sanitize(text, keptMarkup));');
  });

  it('moves a call that keeps no markup', () => {
    expect(call(', { allowedTags: [], allowedAttributes: {} }').app).toBe(
      "import { render, sanitize } from 'bulwark/html';\nexport const clean = (text) => render(sanitize(text, 'text'));\n",
    );
  });

  it.each([
    [', { allowedTags: false }', 'All elements are allowed'],
    [", { allowedTags: ['script'] }", 'script'],
    [
      ", { allowedTags: ['iframe'], allowedIframeHostnames: ['a.example'] }",
      'The option allowedIframeHostnames has to be moved by hand',
    ],
    [", { transformTags: { a: 'b' } }", 'The option transformTags has to be moved by hand'],
    [', options', 'The options are computed'],
  ])('leaves sanitizeHtml(text%s), and says why', (options, why) => {
    expect(call(options)).toMatchObject({ code: 1, text: expect.stringContaining(why) });
  });

  it('says what no preset keeps', () => {
    expect(call('').text).toContain('No preset keeps these: <hgroup>, <rb>, <rtc>, ftp:, name, target.');
  });
});
