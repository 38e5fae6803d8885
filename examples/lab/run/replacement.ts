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
const policyOff: Replacement = { from: 'bulwark/express', to: lab('ablation/express-without-policy.ts') };

export interface Ablation {
  readonly name: string;
  /** What is taken out, in words. */
  readonly without: string;
  /** The attacks that must come back: those that this part stops. */
  readonly part: Part;
  readonly replacements: readonly Replacement[];
  /** `markup`: a second line, the Content-Security-Policy, still keeps the scripts from running. */
  readonly expects: 'loss' | 'markup';
}

/** The part of the defended application that an attack meets first. */
export type Part = 'store' | 'pages' | 'rich-text' | 'front-end' | 'preview' | 'headers' | 'errors';

export const ablations: readonly Ablation[] = [
  { name: 'sql', without: 'bulwark/sql', part: 'store', replacements: [swap('store.ts')], expects: 'loss' },
  {
    name: 'html',
    without: 'bulwark/html',
    part: 'pages',
    replacements: [swap('pages.ts')],
    expects: 'markup',
  },
  {
    name: 'html and csp',
    without: 'bulwark/html and the Content-Security-Policy',
    part: 'pages',
    replacements: [swap('pages.ts'), policyOff],
    expects: 'loss',
  },
  {
    name: 'sanitiser',
    without: "the sanitiser, its output taken at the developer's word",
    part: 'rich-text',
    replacements: [{ from: lab('defended/rich-text.ts'), to: lab('ablation/rich-text-on-trust.ts') }],
    expects: 'markup',
  },
  {
    name: 'sanitiser and csp',
    without: 'the sanitiser and the Content-Security-Policy',
    part: 'rich-text',
    replacements: [
      { from: lab('defended/rich-text.ts'), to: lab('ablation/rich-text-on-trust.ts') },
      policyOff,
    ],
    expects: 'loss',
  },
  {
    name: 'front end',
    without: 'the front end that writes text as text',
    part: 'front-end',
    replacements: [swap('front-end.ts')],
    expects: 'markup',
  },
  {
    name: 'front end and csp',
    without: 'that front end and the Content-Security-Policy',
    part: 'front-end',
    replacements: [swap('front-end.ts'), policyOff],
    expects: 'loss',
  },
  {
    name: 'fetch',
    without: 'bulwark/fetch',
    part: 'preview',
    replacements: [swap('preview.ts')],
    expects: 'loss',
  },
  {
    name: 'headers',
    without: 'the security headers and the Content-Security-Policy',
    part: 'headers',
    replacements: [policyOff],
    expects: 'loss',
  },
  {
    name: 'errors',
    without: 'bulwarkErrors()',
    part: 'errors',
    replacements: [{ from: 'bulwark/express', to: lab('ablation/express-without-errors.ts') }],
    expects: 'loss',
  },
];
