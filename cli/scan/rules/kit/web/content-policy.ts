/**
 * What is wrong with a Content-Security-Policy where scripts are concerned, or undefined. Parts that are not
 * known are a NUL in the text.
 *
 *     scriptWeakness("script-src 'self' 'unsafe-inline'")   // allows inline scripts ('unsafe-inline')
 *     scriptWeakness("script-src 'nonce-\0' 'unsafe-inline'")   // undefined: the nonce switches it off
 */
export function scriptWeakness(policy: string): string | undefined {
  const directives = new Map<string, readonly string[]>();
  for (const part of policy.slice(0, 8000).split(';')) {
    const [name, ...values] = part.trim().toLowerCase().split(/\s+/);
    // If a directive is repeated, the first one counts.
    if (name && !directives.has(name)) directives.set(name, values);
  }
  return weaknessOf((name) => directives.get(name));
}

/** Returns the weakness of a policy whose directives are separate values: `scriptSrc: ["'self'"]`, `'script-src': "'self'"`. */
export function weaknessOf(directive: (name: string) => readonly string[] | undefined): string | undefined {
  for (const name of ['script-src-elem', 'script-src', 'default-src']) {
    const values = directive(name);
    if (!values) continue;
    const weakness = weakValue(name, values);
    if (weakness) return weakness;
    // This directive governs script elements. The more general ones then only matter for `eval`.
    if (name === 'script-src') return undefined;
  }
  return undefined;
}

function weakValue(name: string, values: readonly string[]): string | undefined {
  const has = (value: string): boolean => values.includes(value);
  const isStrict = values.some((value) => /^'(?:nonce-|sha(?:256|384|512)-|strict-dynamic)/.test(value));
  if (has("'unsafe-eval'")) return `lets scripts run strings as code ('unsafe-eval' in ${name})`;
  if (has("'unsafe-inline'") && !isStrict) return `lets every inline script run ('unsafe-inline' in ${name})`;
  if (name !== 'default-src' && has('*') && !isStrict) return `lets scripts from any host run (* in ${name})`;
  return undefined;
}
