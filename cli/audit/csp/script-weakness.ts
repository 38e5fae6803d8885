/** The directives of a policy: names in lower case, with their sources. */
export type Directives = ReadonlyMap<string, readonly string[]>;

/** What lets injected scripts run, to follow `The policy `. Undefined if nothing does. */
export function scriptWeakness(directives: Directives): string | undefined {
  for (const name of ['script-src-elem', 'script-src']) {
    const found = weaknessIn(directives, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function weaknessIn(directives: Directives, name: string): string | undefined {
  const sources =
    directives.get(name) ??
    (name === 'script-src' ? undefined : directives.get('script-src')) ??
    directives.get('default-src');
  if (!sources) return 'does not limit scripts: it has neither script-src nor default-src';
  const all = sources.map((source) => source.trim().toLowerCase());
  const isSelective = all.some((source) => /^'(nonce-|sha(256|384|512)-)/.test(source));
  const isDynamic = all.includes("'strict-dynamic'");
  // Browsers ignore 'unsafe-inline' beside these (CSP3, 6.7.3.2).
  if (all.includes("'unsafe-inline'") && !isSelective && !isDynamic) return 'allows inline scripts';
  if (isDynamic) return undefined;
  const open = all.find((source) =>
    /^(\*|https?:|data:|blob:|filesystem:|https?:\/\/\*|\*:\*)$/.test(source),
  );
  return open === undefined ? undefined : `allows scripts of any host: ${open}`;
}
