import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suppressionRules } from '../../cli/scan/report/suppression-rules.ts';
import { allRules } from '../../cli/scan/rules/all-rules.ts';
import { rulePagePath } from '../../cli/scan/rules/kit/rule-page.ts';
import { repositoryFiles, root } from '../repository.ts';
import { listOf, pageOf, type RuleHeading } from './page.ts';
import { ruleComment } from './rule-comment.ts';

/** Where the rules are. */
export const rulesFolder = 'cli/scan/rules';

/** `sql-injection` of each rule's folder below cli/scan/rules/. What rules share is in `kit`. */
export function ruleFolders(): string[] {
  const below = repositoryFiles(rulesFolder).map((file) => file.slice(rulesFolder.length + 1));
  const folders = new Set(
    below.filter((file) => file.includes('/')).map((file) => file.replace(/\/.*$/, '')),
  );
  folders.delete('kit');
  return [...folders];
}

/** The rules by their ids. Of two with one id the first counts: the other one adds to it. */
export function rulesById(): Map<string, RuleHeading> {
  const found = new Map<string, RuleHeading>();
  for (const rule of allRules) if (!found.has(rule.id)) found.set(rule.id, rule);
  return found;
}

/** The comment at the head of a rule's file. */
export function commentOf(id: string): string {
  return ruleComment(readFileSync(join(root, rulesFolder, id.replace('/', '-'), 'rule.ts'), 'utf8'));
}

/** All pages by their path below docs/rules/. */
export function rulePages(): Map<string, string> {
  const rules = rulesById();
  return new Map([
    ['README.md', listOf([...rules.values(), ...suppressionRules])],
    ...[...rules.values()].map((rule) => [rulePagePath(rule.id), pageOf(rule, commentOf(rule.id))] as const),
    ...suppressionRules.map((rule) => [rulePagePath(rule.id), rule.page] as const),
  ]);
}
