import { nearest } from '../nearest.ts';
import { ScanMistake } from './scan-mistake.ts';

/**
 * Which rules are looked for: `sql/injection` names one, `sql/*` an area; `skip` is stronger than `only`.
 *
 * @throws {ScanMistake} for a name that is none: a rule that is misspelt would be without effect
 */
export function ruleChoice(
  rules: readonly string[],
  only: readonly string[],
  skip: readonly string[],
): (rule: string) => boolean {
  for (const name of [...only, ...skip]) {
    if (rules.some((rule) => isNamed(rule, name))) continue;
    const [close] = nearest(name, rules);
    throw new ScanMistake(
      'scan/rule',
      `There is no rule ${JSON.stringify(name.slice(0, 80))}.`,
      'A rule that is misspelt would be without effect.',
      close === undefined
        ? 'Name a rule, such as sql/injection, or an area: sql/*.'
        : `Did you mean ${close}?`,
    );
  }
  const isWanted = (rule: string): boolean => only.length === 0 || only.some((name) => isNamed(rule, name));
  return (rule) => isWanted(rule) && !skip.some((name) => isNamed(rule, name));
}

function isNamed(rule: string, name: string): boolean {
  return name.endsWith('/*') ? rule.startsWith(name.slice(0, -1)) : rule === name;
}
