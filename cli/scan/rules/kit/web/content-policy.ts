/**
 * The weakness of a Content-Security-Policy for scripts, as the end of a sentence. Undefined if it has none. In the policy, a
 * NUL stands for an unknown part.
 *
 *     scriptWeakness("script-src 'self' 'unsafe-inline'")   // lets every inline script run ('unsafe-inline' in script-src)
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

/**
 * The weakness of a policy whose directives are separate values: `scriptSrc: ["'self'"]`. Undefined if it has none.
 * @param directive returns the values of a directive, in lower case. Undefined if the policy lacks it
 */
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
