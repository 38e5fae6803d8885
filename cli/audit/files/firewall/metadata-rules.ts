const address = 0xa9_fe_a9_fe;

/** The named sets of nftables with their elements, and variables: `define lan = { 10.0.0.0/8 }`. */
export function setsOf(text: string): ReadonlyMap<string, string> {
  const sets = new Map<string, string>();
  for (const [, name = '', body = ''] of text.matchAll(/\bset\s+([\w-]+)\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g))
    sets.set(`@${name}`, /elements\s*=\s*\{([^{}]*)\}/.exec(body)?.[1] ?? '');
  for (const [, name = '', many, one] of text.matchAll(/^\s*define\s+(\w+)\s*=\s*(?:\{([^{}]*)\}|(\S+))/gm))
    sets.set(`$${name}`, many ?? one ?? '');
  return sets;
}

/**
 * A rule that drops the address, or a range that holds it, before one that may allow it. A closed chain also drops what no rule allows.
 *
 * @param sets of nftables, by their names
 */
export function blocksMetadata(
  rules: readonly string[],
  isClosed: boolean,
  sets: ReadonlyMap<string, string> = new Map(),
): 'blocked' | 'unknown' {
  const dropped = rules.findIndex(
    (rule) => /\b(drop|reject|DROP|REJECT)\b/.test(rule) && isPlainDrop(rule, sets),
  );
  const allowed = rules.findIndex(
    (rule) => /\b(accept|ACCEPT|jump|goto)\b/.test(rule) && mayAllow(rule, sets),
  );
  if (dropped >= 0 && (allowed < 0 || dropped < allowed)) return 'blocked';
  return isClosed && allowed < 0 ? 'blocked' : 'unknown';
}

/** Nothing but the destination decides: no port, protocol, user or interface. */
function isPlainDrop(rule: string, sets: ReadonlyMap<string, string>): boolean {
  const target = targetOf(rule, sets);
  if (target === undefined || !/[\d]/.test(target) || /!=|\s!\s/.test(rule)) return false;
  if (/\b(sport|dport|skuid|skgid|oif|oifname|iif|iifname|limit|ct|mark|l4proto)\b/.test(rule)) return false;
  if (/\s(-p|-o|-m (?!comment)|--\w*port|--uid-owner|--limit)\b/.test(rule)) return false;
  return holds(target);
}

function mayAllow(rule: string, sets: ReadonlyMap<string, string>): boolean {
  if (/\bct state\b|--ctstate|--state|\boif(name)? "?lo\b|-o lo\b|127\.|::1/.test(rule)) return false;
  // Rules of IPv6 alone.
  if (/^(ip6\b|icmpv6\b|meta nfproto ipv6\b|(meta )?l4proto (ipv6-icmp|icmpv6)\b)/.test(rule)) return false;
  const target = targetOf(rule, sets);
  if (target === undefined || /!=|\s!\s/.test(rule) || /[$@]/.test(target)) return true;
  return holds(target);
}

/** The destinations of a rule as text; undefined if it takes any. */
function targetOf(rule: string, sets: ReadonlyMap<string, string>): string | undefined {
  const found = /(?:\bip daddr|\s-d|--destination)\s+(\{[^{}]*\}|\S+)/.exec(rule)?.[1];
  if (found === undefined) return undefined;
  return found.replace(/[@$][\w-]+/g, (name) => sets.get(name) ?? name);
}

/** Whether addresses, ranges or prefixes hold the one of the metadata service. What is not understood may. */
function holds(text: string): boolean {
  return text.split(/[\s,{}]+/).some((one) => {
    const [, from = '', bits, to] = /^([\d.]+)(?:\/(\d+)|-([\d.]+))?$/.exec(one) ?? [];
    const start = numberOf(from);
    if (start === undefined) return false;
    const end = to === undefined ? start + 2 ** (32 - Number(bits ?? 32)) - 1 : (numberOf(to) ?? start);
    return start <= address && address <= end;
  });
}

function numberOf(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((one) => !Number.isInteger(one) || one > 255)) return undefined;
  return parts.reduce((sum, one) => sum * 256 + one, 0);
}
