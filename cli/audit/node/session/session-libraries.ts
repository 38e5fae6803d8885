/** A flag of a cookie that a library sets without options; `connection` if it follows the connection of the request. */
export interface CookieDefaults {
  readonly secure: boolean | 'connection';
  readonly httpOnly: boolean;
  readonly sameSite: boolean;
}

export interface SessionLibrary {
  readonly package: string;
  /** What is called; any of these. */
  readonly calls: readonly string[];
  /** Which argument has the options: its index, or the first that is an object. */
  readonly options: number | 'object' | 'last';
  /** Where the flags stand in them. */
  readonly cookie: readonly string[];
  readonly defaults: CookieDefaults;
  readonly fix: string;
}

const flags = "{ secure: true, httpOnly: true, sameSite: 'lax' }";
const none: CookieDefaults = { secure: false, httpOnly: true, sameSite: false };

/**
 * Defaults as the sources have them: express-session 1.19 (session/cookie.js), cookie-session 2.1 and koa-session 7.0 (through cookies
 * 0.9, which takes `secure` from the connection), @fastify/session 11.1 (index.js), @fastify/secure-session 8.4 (index.js), iron-session
 * 8.0 (dist/index.js).
 */
export const sessionLibraries: readonly SessionLibrary[] = [
  {
    package: 'express-session',
    calls: [''],
    options: 0,
    cookie: ['cookie'],
    defaults: none,
    fix: `session({ cookie: ${flags} })`,
  },
  {
    package: 'cookie-session',
    calls: [''],
    options: 0,
    cookie: [],
    defaults: { ...none, secure: 'connection' },
    fix: `cookieSession(${flags})`,
  },
  {
    package: 'koa-session',
    calls: ['', 'createSession'],
    options: 'object',
    cookie: [],
    defaults: { ...none, secure: 'connection' },
    fix: `session(${flags}, app)`,
  },
  {
    package: 'koa-generic-session',
    calls: [''],
    options: 'object',
    cookie: ['cookie'],
    defaults: { ...none, secure: 'connection' },
    fix: `session({ cookie: ${flags} })`,
  },
  ...['@fastify/session', 'fastify-session'].map(
    (name): SessionLibrary => ({
      package: name,
      calls: ['', 'fastifySession'],
      options: 0,
      cookie: ['cookie'],
      defaults: { ...none, secure: true },
      fix: `app.register(session, { cookie: ${flags} })`,
    }),
  ),
  ...['@fastify/secure-session', 'fastify-secure-session'].map(
    (name): SessionLibrary => ({
      package: name,
      calls: ['', 'fastifySecureSession'],
      options: 0,
      cookie: ['cookie'],
      defaults: none,
      fix: `app.register(secureSession, { cookie: ${flags} })`,
    }),
  ),
  {
    package: 'iron-session',
    calls: ['getIronSession', '/edge.getIronSession'],
    options: 'last',
    cookie: ['cookieOptions'],
    defaults: { secure: true, httpOnly: true, sameSite: true },
    fix: `getIronSession(cookies, { cookieOptions: ${flags} })`,
  },
];
