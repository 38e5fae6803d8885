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
export type Guard = 'sql' | 'html' | 'sanitizer' | 'front-end' | 'fetch' | 'policy' | 'errors';

const swaps: Readonly<Record<Exclude<Guard, 'policy' | 'errors'>, Replacement>> = {
  sql: swap('store.ts'),
  html: swap('pages.ts'),
  sanitizer: { from: lab('defended/rich-text.ts'), to: lab('ablation/rich-text-on-trust.ts') },
  'front-end': swap('front-end.ts'),
  fetch: swap('preview.ts'),
};

/** The modules that take guards out, in any combination. */
export function replacementsFor(out: Iterable<Guard>): readonly Replacement[] {
  const guards = new Set(out);
  const lines = (['policy', 'errors'] as const).filter((guard) => guards.delete(guard));
  return [
    ...[...guards].map((guard) => swaps[guard as keyof typeof swaps]),
    // Both are of one module.
    ...(lines.length > 0
      ? [{ from: 'bulwark/express', to: lab(`ablation/express-without-${lines.join('-and-')}.ts`) }]
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
export type Part = 'store' | 'pages' | 'rich-text' | 'front-end' | 'preview' | 'headers' | 'errors';

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
];
