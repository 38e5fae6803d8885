import { Command } from 'commander';
import { nearest } from '../nearest.ts';
import { findPages, readCodes, readPage } from '../refusal-pages.ts';

/** `bulwark explain [code]`: the page of one code, or the list of all. */
export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'print the page of a code, such as fetch/private-address: what happened, why, and what to do',
    )
    .argument('[code]', 'the code of a refusal, a misuse or an event; without it, all codes are listed')
    .action((code: string | undefined) => {
      const { text, exitCode } = explain(code);
      (exitCode === 0 ? process.stdout : process.stderr).write(text);
      process.exitCode = exitCode;
    });
}

export function explain(code: string | undefined): { readonly text: string; readonly exitCode: 0 | 2 } {
  const pages = findPages();
  const codes = readCodes(pages);
  if (code === undefined) return { text: codes.map((name) => `${name}\n`).join(''), exitCode: 0 };
  const name = code.trim().toLowerCase();
  if (codes.includes(name)) return { text: readPage(pages, name), exitCode: 0 };
  const close = nearest(name, codes);
  const advice =
    close.length > 0 ? `Did you mean ${list(close)}?` : 'Run `bulwark explain` for the list of codes.';
  return { text: `There is no such code. ${advice}\n`, exitCode: 2 };
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
