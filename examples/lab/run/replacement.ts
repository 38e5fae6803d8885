/** One module that stands in for another: how a guard is taken out without a word about it in the application. */
export interface Replacement {
  /** The URL of the module that is taken out, or a bare specifier. */
  readonly from: string;
  readonly to: string;
}

const lab = (path: string): string => new URL(`../${path}`, import.meta.url).href;

const swap = (file: string): Replacement => ({
  from: lab(`defended/${file}`),
  to: lab(`undefended/${file}`),
});

/** What can be taken out of the defended application by itself. */
export type Guard = Module | 'policy' | 'errors' | 'csrf' | 'cors';

type Module =
  | 'sql'
  | 'html'
  | 'sanitizer'
  | 'front-end'
  | 'fetch'
  | 'session'
  | 'rate-limit'
  | 'redirect'
  | 'password'
  | 'path'
  | 'upload'
  | 'command'
  | 'parse';

const modules: Readonly<Record<Module, Replacement | readonly Replacement[]>> = {
  sql: swap('store.ts'),
  html: swap('pages.ts'),
  sanitizer: { from: lab('defended/rich-text.ts'), to: lab('ablation/rich-text-on-trust.ts') },
  'front-end': swap('front-end.ts'),
  fetch: swap('preview.ts'),
  session: { from: 'bulwark/session', to: lab('ablation/session.ts') },
  'rate-limit': { from: 'bulwark/rate-limit', to: lab('ablation/rate-limit.ts') },
  redirect: { from: 'bulwark/redirect', to: lab('ablation/redirect.ts') },
  password: { from: 'bulwark/password', to: lab('ablation/password.ts') },
  path: swap('files.ts'),
  upload: ['avatar.ts', 'pictures.ts'].map(swap),
  command: ['invoice.ts', 'archive.ts'].map(swap),
  parse: ['import.ts', 'read-xml.ts', 'rules.ts', 'export.ts'].map(swap),
};

/** What `bulwark/express` brings in is taken out of it. */
const ofExpress: ReadonlySet<Guard> = new Set(['policy', 'errors', 'csrf', 'cors', 'session', 'parse']);

/** The modules that take guards out, in any combination. */
export function replacementsFor(out: Iterable<Guard>): readonly Replacement[] {
  const guards = new Set(out);
  const lines = [...guards].filter((guard) => ofExpress.has(guard));
  return [
    ...[...guards].flatMap((guard) => (guard in modules ? [modules[guard as Module]].flat() : [])),
    ...(lines.length > 0
      ? [{ from: 'bulwark/express', to: `${lab('ablation/express.ts')}?without=${lines.join(',')}` }]
      : []),
  ];
}

export interface Ablation {
  readonly name: string;
  /** What is taken out, in words. */
  readonly without: string;
  /** The attacks that must come back: those that this part stops. */
  readonly part: Part;
  readonly out: readonly Guard[];
  /** `markup`: a second line, the Content-Security-Policy, still keeps the scripts from running. */
  readonly expects: 'loss' | 'markup';
}

/** The part of the defended application that an attack meets first. */
export type Part =
  | 'store'
  | 'pages'
  | 'rich-text'
  | 'front-end'
  | 'preview'
  | 'headers'
  | 'errors'
  | 'session'
  | 'csrf'
  /** Where the session's cookie, which is SameSite=Lax, is a second line. */
  | 'csrf and cookie'
  | 'cors'
  | 'redirect'
  /** Where `form-action` of the Content-Security-Policy is a second line. */
  | 'redirect and policy'
  | 'rate-limit'
  | 'password'
  | 'path'
  | 'upload'
  /** Where the Content-Security-Policy is a second line. */
  | 'upload and policy'
  | 'command'
  | 'parse';

export const ablations: readonly Ablation[] = [
  { name: 'sql', without: 'bulwark/sql', part: 'store', out: ['sql'], expects: 'loss' },
  {
    name: 'html',
    without: 'bulwark/html',
    part: 'pages',
    out: ['html'],
    expects: 'markup',
  },
  {
    name: 'html and csp',
    without: 'bulwark/html and the Content-Security-Policy',
    part: 'pages',
    out: ['html', 'policy'],
    expects: 'loss',
  },
  {
    name: 'sanitiser',
    without: "the sanitiser, its output taken at the developer's word",
    part: 'rich-text',
    out: ['sanitizer'],
    expects: 'markup',
  },
  {
    name: 'sanitiser and csp',
    without: 'the sanitiser and the Content-Security-Policy',
    part: 'rich-text',
    out: ['sanitizer', 'policy'],
    expects: 'loss',
  },
  {
    name: 'front end',
    without: 'the front end that writes text as text',
    part: 'front-end',
    out: ['front-end'],
    expects: 'markup',
  },
  {
    name: 'front end and csp',
    without: 'that front end and the Content-Security-Policy',
    part: 'front-end',
    out: ['front-end', 'policy'],
    expects: 'loss',
  },
  {
    name: 'fetch',
    without: 'bulwark/fetch',
    part: 'preview',
    out: ['fetch'],
    expects: 'loss',
  },
  {
    name: 'headers',
    without: 'the security headers and the Content-Security-Policy',
    part: 'headers',
    out: ['policy'],
    expects: 'loss',
  },
  {
    name: 'errors',
    without: 'bulwarkErrors()',
    part: 'errors',
    out: ['errors'],
    expects: 'loss',
  },
  { name: 'session', without: 'bulwark/session', part: 'session', out: ['session'], expects: 'loss' },
  { name: 'csrf', without: 'bulwark/csrf', part: 'csrf', out: ['csrf'], expects: 'loss' },
  {
    name: 'csrf and session',
    without: 'bulwark/csrf and bulwark/session',
    part: 'csrf and cookie',
    out: ['csrf', 'session'],
    expects: 'loss',
  },
  { name: 'cors', without: 'bulwark/cors', part: 'cors', out: ['cors'], expects: 'loss' },
  { name: 'redirect', without: 'bulwark/redirect', part: 'redirect', out: ['redirect'], expects: 'loss' },
  {
    name: 'redirect and csp',
    without: 'bulwark/redirect and the Content-Security-Policy',
    part: 'redirect and policy',
    out: ['redirect', 'policy'],
    expects: 'loss',
  },
  {
    name: 'rate limit',
    without: 'bulwark/rate-limit',
    part: 'rate-limit',
    out: ['rate-limit'],
    expects: 'loss',
  },
  { name: 'password', without: 'bulwark/password', part: 'password', out: ['password'], expects: 'loss' },
  { name: 'path', without: 'bulwark/path', part: 'path', out: ['path'], expects: 'loss' },
  { name: 'upload', without: 'bulwark/upload', part: 'upload', out: ['upload'], expects: 'loss' },
  {
    name: 'upload and csp',
    without: 'bulwark/upload and the Content-Security-Policy',
    part: 'upload and policy',
    out: ['upload', 'policy'],
    expects: 'loss',
  },
  { name: 'command', without: 'bulwark/command', part: 'command', out: ['command'], expects: 'loss' },
  { name: 'parse', without: 'bulwark/parse', part: 'parse', out: ['parse'], expects: 'loss' },
];
