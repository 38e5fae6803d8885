import { describe, expect, it } from 'vitest';
import { codeFrame, type FrameLine } from '../../cli/finding/code-frame.ts';
import type { Finding } from '../../cli/finding/finding.ts';
import { findingsOf } from '../../cli/scan/testing/judge.ts';
import { commentOf, rulesById } from './pages.ts';
import { type Snippet, snippetsOf } from './rule-comment.ts';

const ids = [...rulesById().keys()];

type Files = { readonly path: string; readonly text: string }[];

/** A snippet as a project: a `.tsx` file where there is markup in it, and the page that its first line writes out. */
function filesOf({ language, code }: Snippet): Files {
  const path = language === 'python' ? 'app.py' : /<\/|\/>/.test(code) ? 'app.tsx' : 'app.ts';
  const [, page, text = ''] = /^(?:#|\/\/) (\S+\.\w+): (.*)$/m.exec(code) ?? [];
  return [{ path, text: code }, ...(page === undefined ? [] : [{ path: page, text }])];
}

async function reported(rule: string, files: Files): Promise<readonly Finding[]> {
  const findings = await findingsOf({ title: rule, rule, isBad: true, files, expected: [], at: '' });
  return findings.filter((finding) => finding.rule === rule);
}

function withCaret({ before, marked, after }: FrameLine): string {
  return `${before}${marked}${after}\n${' '.repeat(before.length)}${'^'.repeat(marked.length)}`;
}

describe('the code on the pages of the rules', () => {
  it.each(ids)('%s finds what is bad, at the caret, and nothing in what is good', async (rule) => {
    const shown: string[] = [];
    for (const snippet of snippetsOf(commentOf(rule), '## Bad')) {
      // A guard of TypeScript has nothing to say of Python, which its page says in a comment.
      if (/^\s*(?:#.*\s*)+$/.test(snippet.code)) continue;
      const files = filesOf(snippet);
      const findings = await reported(rule, files);
      expect(findings, snippet.code).not.toEqual([]);
      const lineOf = (path: string, line: number): string | undefined =>
        files.find((file) => file.path === path)?.text.split('\n')[line - 1];
      for (const { place, message } of findings)
        shown.push(`${message}\n${codeFrame(lineOf, place, 0).map(withCaret).join('\n')}`);
    }
    for (const snippet of snippetsOf(commentOf(rule), '## Good'))
      expect(await reported(rule, filesOf(snippet)), snippet.code).toEqual([]);
    const file = `../../cli/scan/rules/${rule.replace('/', '-')}/carets.txt`;
    await expect(`${shown.join('\n\n')}\n`).toMatchFileSnapshot(file);
  });
});
