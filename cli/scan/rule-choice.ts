import { nearest } from '../nearest.ts';
import { ScanMistake } from './scan-mistake.ts';

/**
 * Returns a predicate: whether a rule is enabled. `sql/injection` names one rule, and `sql/*` all rules of an area. `skip`
 * takes precedence over `only`; an empty `only` means all rules.
 * @throws {ScanMistake} for an unknown name, because a misspelt rule would have no effect
 */
export function ruleChoice(
  rules: readonly string[],
  only: readonly string[],
  skip: readonly string[],
): (rule: string) => boolean {
  const unknown = [...only, ...skip].find((name) => !rules.some((rule) => isNamed(rule, name)));
  if (unknown !== undefined) {
    throw new ScanMistake(
      'scan/rule',
      `There is no rule ${JSON.stringify(unknown.slice(0, 80))}.`,
      'A misspelt rule would have no effect.',
      adviceFor(unknown, rules),
    );
  }
  const isWanted = (rule: string): boolean => only.length === 0 || only.some((name) => isNamed(rule, name));
  return (rule) => isWanted(rule) && !skip.some((name) => isNamed(rule, name));
}

/** Suggests similar names, or all if there are none. */
function adviceFor(name: string, rules: readonly string[]): string {
  const areas = [...new Set(rules.map((rule) => rule.slice(0, rule.indexOf('/'))))].sort();
  const typed = name
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
    .replace(/[/*-]+$/, '');
  const area = areas.filter((one) => !typed.includes('/') && one.length > 2 && typed.startsWith(one));
  const close = [
    ...area.map((one) => `${one}/*`),
    ...nearest(typed, [...rules, ...areas]).filter((one) => isLike(typed, one)),
  ].map((one) => (areas.includes(one) ? `${one}/*` : one));
  const shown = [...new Set(close)].slice(0, 3);
  if (shown.length > 0) return `Did you mean ${orList(shown)}?`;
  return `Name a rule, such as ${rules[0] ?? 'sql/injection'}, or an area: ${areas.map((one) => `${one}/*`).join(', ')}.`;
}

/** Whether a name resembles what was typed. In a word of four letters two edits change half, so its first letter must match. */
function isLike(typed: string, name: string): boolean {
  return typed.length > 4 || name.includes(typed) || name.split('/').some((part) => part[0] === typed[0]);
}

function orList(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** Whether `name` names the rule or its area: `sql/injection`, `sql/*`. */
export function isNamed(rule: string, name: string): boolean {
  return name.endsWith('/*') ? rule.startsWith(name.slice(0, -1)) : rule === name;
}
