import { Misuse } from '../refusal/misuse.ts';

export interface CspOptions {
  /** Replaces single directives of the default policy; `false` leaves one out. */
  readonly directives?: Readonly<Record<string, readonly string[] | false>>;
  /** Lets `directives` hold `'unsafe-inline'`, `'unsafe-eval'` or a wildcard for scripts. */
  readonly allowUnsafeScripts?: boolean;
  /** Sends the policy as `Content-Security-Policy-Report-Only`: nothing is stopped. */
  readonly reportOnly?: boolean;
}

/** A policy with a place for the nonce: one is made at start, and `header` is called for each response. */
export interface Csp {
  readonly name: 'Content-Security-Policy' | 'Content-Security-Policy-Report-Only';
  /** @param nonce 128 random bits or more in base64, fresh for each response */
  header(nonce: string): string;
}

/**
 * A strict policy: scripts run when they carry the response's nonce, or were loaded by one that does; no plug-ins, no
 * `<base>`, no framing by others (https://csp.withgoogle.com/docs/strict-csp.html).
 */
const strict: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'self'"],
  'script-src': ["'nonce'", "'strict-dynamic'"],
  'style-src': ["'self'", "'nonce'"],
  'img-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/**
 * Builds a Content-Security-Policy (CSP3). `'nonce'` in a list stands for the nonce of the response.
 *
 * @throws Misuse `csp/invalid-directive` for what is not a directive or a source, `csp/unsafe-scripts` for sources that
 * let injected scripts run.
 *
 * @example
 * ```ts
 * import { csp } from 'bulwark/csp';
 *
 * const policy = csp({ directives: { 'img-src': ["'self'", 'https://images.example.com'] } });
 * policy.header('dGhpcyBpcyAxMjggYml0cyE='); // "default-src 'self'; script-src 'nonce-dGhp...' 'strict-dynamic'; ..."
 * ```
 */
export function csp(options: CspOptions = {}): Csp {
  const directives: Record<string, readonly string[] | false> = { ...strict, ...options.directives };
  const anyScript = !directives['script-src'] && !directives['default-src'];
  if (anyScript && options.allowUnsafeScripts !== true) {
    throw new Misuse('csp/unsafe-scripts', 'Neither script-src nor default-src is left.');
  }
  const parts: string[] = [];
  for (const [name, sources] of Object.entries(directives)) {
    if (sources === false) continue;
    if (!/^[a-z][a-z-]{1,40}$/.test(name))
      throw new Misuse('csp/invalid-directive', `The name is ${JSON.stringify(name)}.`);
    if (!Array.isArray(sources))
      throw new Misuse('csp/invalid-directive', `${name} takes a list of strings, or false.`);
    for (const source of sources) checkSource(name, source, options.allowUnsafeScripts === true);
    parts.push([name, ...sources].join(' '));
  }
  // Split once at the nonce's places, so that a response costs one join.
  const pieces = parts.join('; ').split("'nonce'");
  return {
    name: options.reportOnly === true ? 'Content-Security-Policy-Report-Only' : 'Content-Security-Policy',
    header(nonce) {
      // 22 characters of base64 are the least that hold 128 bits.
      if (!/^[\w+/-]{22,256}={0,2}$/.test(nonce)) throw new Misuse('csp/invalid-nonce');
      return pieces.join(`'nonce-${nonce}'`);
    },
  };
}

const scriptDirectives = new Set(['default-src', 'script-src', 'script-src-elem', 'script-src-attr']);
/** Keywords and schemes by which an injected script runs, and wildcards that any attacker's host fits. */
const unsafeScripts =
  /^(?:'unsafe-inline'|'unsafe-eval'|'unsafe-hashes'|(?:https?|data|blob|filesystem|wss?):|(?:[a-z][a-z0-9+.-]*:\/\/)?\*(?:\.[a-z0-9-]+)?(?::[\d*]+)?(?:\/.*)?)$/i;

function checkSource(directive: string, source: unknown, allowUnsafe: boolean): void {
  // A semicolon ends a directive and a comma ends a policy, so neither may come from a source.
  if (typeof source !== 'string' || !/^[\x21-\x2b\x2d-\x3a\x3c-\x7e]+$/.test(source)) {
    throw new Misuse('csp/invalid-directive', `The source is ${JSON.stringify(source)} in ${directive}.`);
  }
  if (/^(?:self|none|strict-dynamic|unsafe-\w+|nonce-.*|sha(?:256|384|512)-.*|report-sample)$/.test(source)) {
    throw new Misuse('csp/invalid-directive', `Write "'${source}'" with its single quotes in ${directive}.`);
  }
  if (/^'nonce-/i.test(source)) {
    throw new Misuse(
      'csp/invalid-directive',
      'A fixed nonce can be guessed. Write "\'nonce\'" for that of the response.',
    );
  }
  if (!allowUnsafe && scriptDirectives.has(directive) && unsafeScripts.test(source)) {
    throw new Misuse('csp/unsafe-scripts', `It is ${source} in ${directive}.`);
  }
}
