import type { Literal } from './literal.ts';

export type Policy = Record<string, readonly string[] | false>;

/** The directives of helmet 8 that differ from the strict policy of `bulwark/csp`. */
const ofHelmet: Policy = {
  'script-src': ["'self'"],
  'style-src': ["'self'", 'https:', "'unsafe-inline'"],
  'font-src': ["'self'", 'https:', 'data:'],
  'base-uri': ["'self'"],
  'frame-ancestors': ["'self'"],
  'upgrade-insecure-requests': [],
};

export interface PolicyOptions {
  readonly directives: Policy;
  readonly reportOnly: boolean;
}

/** The policy that helmet sends, as changes to the strict one; or why it can't be moved. */
export function policyOf(option: Literal | undefined): PolicyOptions | string {
  if (option === undefined || option === true) return { directives: ofHelmet, reportOnly: false };
  if (typeof option !== 'object' || option === null || Array.isArray(option)) return computed;
  const {
    directives = {},
    useDefaults = true,
    reportOnly = false,
    ...others
  } = option as { [name: string]: Literal };
  if (Object.keys(others).length > 0) return `helmet has no option ${Object.keys(others)[0]}.`;
  if (useDefaults !== true)
    return 'Without useDefaults, list every directive of the strict policy that you omit.';
  if (typeof directives !== 'object' || directives === null || typeof reportOnly !== 'boolean')
    return computed;
  const changed: Policy = { ...ofHelmet };
  for (const [name, value] of Object.entries(directives)) {
    const directive = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (value === null) changed[directive] = false;
    else if (Array.isArray(value) && value.every((one): one is string => typeof one === 'string'))
      changed[directive] = value;
    else return `The directive ${name} is not a list of strings.`;
  }
  return { directives: changed, reportOnly };
}

const computed = 'The policy is computed, so it has to be moved by hand.';
