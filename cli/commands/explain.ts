import { Command } from 'commander';
import { checkPage, checksWithPage } from '../audit/check-pages.ts';
import { nearest } from '../nearest.ts';
import { findPages, readCodes, readPage } from '../refusal-pages.ts';
import { rulePage, rulesWithPage } from '../scan/rules/kit/rule-page.ts';

/** `bulwark explain [name]`: the page of a code, of a rule of the scanner or of a check of the audit, or the list of all. */
export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'explain a code (fetch/private-address), a scanner rule (sql/injection) or an audit check (django/ssl-redirect): what happened, why, and what to do',
    )
    .argument(
      '[name]',
      'the code of a refusal, misuse or event, or the id of a rule or check; lists all of them by default',
    )
    .action((name: string | undefined) => {
      const { text, exitCode } = explain(name);
      (exitCode === 0 ? process.stdout : process.stderr).write(text);
      process.exitCode = exitCode;
    });
}

export function explain(wanted: string | undefined): { readonly text: string; readonly exitCode: 0 | 2 } {
  const pages = findPages();
  const codes = readCodes(pages);
  const rules = rulesWithPage();
  const checks = checksWithPage();
  const names = [...codes, ...rules, ...checks].sort();
  if (wanted === undefined) return { text: names.map((name) => `${name}\n`).join(''), exitCode: 0 };
  const name = wanted.trim().toLowerCase();
  if (codes.includes(name)) return { text: readPage(pages, name), exitCode: 0 };
  if (rules.includes(name)) return { text: rulePage(name), exitCode: 0 };
  if (checks.includes(name)) return { text: checkPage(name), exitCode: 0 };
  const close = nearest(name, names);
  const advice = close.length > 0 ? `Did you mean ${list(close)}?` : 'Run `bulwark explain` for a list.';
  return { text: `There is no such code, rule or check. ${advice}\n`, exitCode: 2 };
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
