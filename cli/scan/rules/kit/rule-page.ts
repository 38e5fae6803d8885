import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { publishedRulePage } from '../../../project.ts';

/** The ids of all rules that have a page, in alphabetical order. */
export function rulesWithPage(): string[] {
  return readdirSync(findRulePages())
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => file.slice(0, -'.md'.length).replace('-', '/'))
    .sort();
}

/**
 * The Markdown page of a rule: what it finds, why it matters, bad and good code.
 *
 * @param id one of `rulesWithPage`. It must be trusted, since it becomes part of a path.
 */
export function rulePage(id: string): string {
  return readFileSync(new URL(rulePagePath(id), findRulePages()), 'utf8');
}

/**
 * The URL of a rule's page: on the web, or of the local file if it is not published. Undefined if the rule has no page.
 */
export function rulePageUrl(id: string): string | undefined {
  const url = new URL(rulePagePath(id), findRulePages());
  return existsSync(url) ? (publishedRulePage(id) ?? url.href) : undefined;
}

/**
 * The file name of a rule's page: `sql/injection` -> `sql-injection.md`. No two rules share a name, since no id has a dash
 * before its slash.
 */
export function rulePagePath(id: string): string {
  return `${id.replace('/', '-')}.md`;
}

/** The build's copy in dist/rules, or docs/rules of the repository. */
function findRulePages(): URL {
  const folders = ['./rules/', '../../../../docs/rules/'].map((path) => new URL(path, import.meta.url));
  const found = folders.find((url) => existsSync(url));
  if (!found) throw new Error('The pages of the rules are missing. Install bulwark-cli again.');
  return found;
}
