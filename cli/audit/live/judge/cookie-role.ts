import type { SetCookie } from '../../../target/http/set-cookie.ts';

/**
 * What a cookie is for. `secret`: nobody knows, but its value looks random, so that it may be a session. `other`: a setting, a consent, a
 * count of visits, a message or a load balancer's.
 */
export type CookieRole = 'session' | 'csrf' | 'secret' | 'other';

/** Names that frameworks and libraries give, in lower case. */
const sessionNames: ReadonlySet<string> = new Set([
  ...[
    'connect.sid',
    'connect.sess',
    'sid',
    'sails.sid',
    'session',
    'sessionid',
    'session_id',
    'sess',
    'phpsessid',
  ],
  ...[
    'jsessionid',
    'asp.net_sessionid',
    '.aspnetcore.session',
    '.aspnetcore.cookies',
    '.aspnet.applicationcookie',
  ],
  ...[
    '.aspxauth',
    '.aspnetcore.identity.application',
    'laravel_session',
    'ci_session',
    'koa.sess',
    'koa:sess',
  ],
  ...[
    'koa.sid',
    'beaker.session.id',
    'adonis-session',
    'rack.session',
    'moodlesession',
    'cfid',
    'cftoken',
    'cgisessid',
  ],
  ...[
    'access_token',
    'accesstoken',
    'refresh_token',
    'refreshtoken',
    'id_token',
    'idtoken',
    'auth',
    'token',
    'jwt',
  ],
  ...[
    'authtoken',
    'auth_token',
    'auth-token',
    'authorization',
    'remember_token',
    'remember_me',
    'rememberme',
    'remember',
  ],
  ...['saccesstoken', 'srefreshtoken', 'sb-access-token', 'sb-refresh-token', 'user_session', 'login', 'sso'],
]);
const sessionPatterns: readonly RegExp[] = [
  /(?:^|[._:-])(?:sess(?:ion)?|sid|auth|jwt|login|logged_?in|sso)(?:[._:-]?(?:id|key|token|cookie|data|sig))?(?:$|[._:-])/,
  /session[._-]?(?:id|token|key)/,
  /sess(?:ion)?(?:id)?$/,
  /^(?:sess|ssess)[0-9a-f]{32}$/,
  /^(?:wordpress_(?:sec|logged_in)|wp-postpass)_/,
  /(?:access|refresh|auth|id|bearer|api|user|login|session)[._-]?token/,
  /^remember(?:[._-]?(?:user|web|me))/,
];
const csrf = /csrf|xsrf|antiforgery|requestverificationtoken|authenticity[._-]?token/;
/** Of load balancers and analytics, consents and messages, whatever their value. */
const others: readonly RegExp[] = [
  /^(?:awsalb|awselb|bigip|arraffinity|serverid|route(?:id)?$|ingresscookie|sticky|lb[._-]|__cf_?bm|cf_clearance)/,
  /^(?:__cflb|__cfduid|_cfuvid|incap_ses|visid_incap|nlbi_|ak_bmsc|bm_s|datadome|akaalb)/,
  /^(?:_ga|_gid|_gat|_gcl|_fbp|_fbc|_pk_|__utm|ajs_|amplitude|mp_|_hj|_clck|_clsk|_uet|plausible|matomo|optimizely)/,
  /consent|gdpr|cookie[._-]?(?:law|notice|policy|banner|prefs?|preferences|control)|^optanon|^cookiebot|^cc_cookie/,
  /(?:^|[._:-])(?:flash|messages?)(?:$|[._:-])/,
];
const settings =
  /(?:^|[._:-])(?:theme|dark(?:[._-]?mode)?|color[._-]?(?:mode|scheme)|lang(?:uage)?|locale|i18n(?:ext)?|currency|country|region|timezone|tz|prefs?|preferences?|settings?|layout|sidebar|view|sort|banner|dismissed|seen|visited|variant|experiment|ab[._-]?test)(?:$|[._:-])/;
export function cookieRole({ name, value }: Pick<SetCookie, 'name' | 'value'>): CookieRole {
  const plain = name.toLowerCase().replace(/^__(?:host|secure|http|host-http)-/, '');
  const text = value.replace(/^"(.*)"$/, '$1');
  if (csrf.test(plain)) return 'csrf';
  // A web token, or a value that Django or Flask signed, names somebody whatever the cookie is called.
  if (/^ey[\w-]{8,}\.[\w-]{4,}\.[\w-]{4,}$/.test(text)) return 'session';
  if (others.some((pattern) => pattern.test(plain))) return 'other';
  if (settings.test(plain)) return looksRandom(text) ? 'secret' : 'other';
  if (sessionNames.has(plain) || sessionPatterns.some((pattern) => pattern.test(plain))) return 'session';
  return looksRandom(text) ? 'secret' : 'other';
}

/** Enough different letters for a key: words and numbers have fewer. */
function looksRandom(text: string): boolean {
  const body = text.slice(0, 4_000);
  if (body.length < 16 || /\s/.test(body)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(body)).length;
  return kinds >= 2 && new Set(body).size >= 10;
}
