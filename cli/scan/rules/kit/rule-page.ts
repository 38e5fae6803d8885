import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { publishedRulePage } from '../../../project.ts';

/** The ids of all rules that have a page, in the order of the alphabet. */
export function rulesWithPage(): string[] {
  return readdirSync(findRulePages())
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => file.slice(0, -'.md'.length).replace('-', '/'))
    .sort();
}

/**
 * The page of a rule, as Markdown: what it finds, why, bad and good code.
 *
 * @param id one of `rulesWithPage`: it becomes a path.
 */
export function rulePage(id: string): string {
  return readFileSync(new URL(rulePagePath(id), findRulePages()), 'utf8');
}

/** Where the page can be opened, if the rule has one: published, or the file. */
export function rulePageUrl(id: string): string | undefined {
  const url = new URL(rulePagePath(id), findRulePages());
  return existsSync(url) ? (publishedRulePage(id) ?? url.href) : undefined;
}

/** `sql-injection.md` of `sql/injection`: what stands before the slash has no dash. */
export function rulePagePath(id: string): string {
  return `${id.replace('/', '-')}.md`;
}

/** What the build put into dist/rules, or the repository's own. */
function findRulePages(): URL {
  const folders = ['./rules/', '../../../../docs/rules/'].map((path) => new URL(path, import.meta.url));
  const found = folders.find((url) => existsSync(url));
  if (!found) throw new Error('The pages of the rules are missing. Install bulwark-cli again.');
  return found;
}
