/** A name, a prefix with a star (`language-*`), or a RegExp for a whole name. */
export type ClassRule = string | RegExp;

const longestClass = 64;
const mostClasses = 16;

/** The names that one of `rules` allows, in their order; undefined where none is left. */
export function allowedClasses(
  value: string,
  rules: readonly ClassRule[],
  refused: (name: string) => void,
): string | undefined {
  const kept: string[] = [];
  for (const name of value.split(/[\t\n\f\r ]+/, 200)) {
    if (name === '') continue;
    if (kept.length < mostClasses && name.length <= longestClass && rules.some((rule) => matches(rule, name)))
      kept.push(name);
    else refused(name);
  }
  return kept.length === 0 ? undefined : kept.join(' ');
}

function matches(rule: ClassRule, name: string): boolean {
  if (typeof rule !== 'string') return rule.test(name);
  return rule.endsWith('*') ? name.startsWith(rule.slice(0, -1)) : rule === name;
}

/** A copy that matches the whole name and keeps no state between calls. */
export function wholeName(pattern: RegExp): RegExp {
  return Object.freeze(new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gym]/g, '')));
}
