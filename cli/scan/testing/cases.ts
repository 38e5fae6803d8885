import { readFileSync } from 'node:fs';
import { carriedCases } from './carriers.ts';

/** A labelled case: a small project, and the lines that a rule must report in it. */
export interface Case {
  readonly title: string;
  readonly isBad: boolean;
  readonly rule: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** `path:line` of each line that must be reported. */
  readonly expected: readonly string[];
  /** Where the case is written. */
  readonly at: string;
}

const marker = /[ \t]*(?:#!|\/\/!|<!--!|\{#!)\s*([a-z]+\/[a-z-]+)\s*(?:-->|#\})?[ \t]*$/;

/** The cases of a file. checks/scan/README.md describes the format. Markers are removed from the texts. */
export function readCases(path: string): Case[] {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.carriers')) return casesOf(text, path);
  return carriedCases(text).flatMap((one) =>
    casesOf(one.text, path).map((own) => ({ ...own, at: `${path}:${one.line}` })),
  );
}

/** Whether cases are written in a file of this name. */
export const isCaseFile = (path: string): boolean => /\.(?:cases|carriers)$/.test(path);

function casesOf(text: string, path: string): Case[] {
  const cases: Case[] = [];
  let title: { title: string; isBad: boolean; rule: string; at: string } | undefined;
  let files: { path: string; lines: string[] }[] = [];
  let expected: string[] = [];
  const close = (): void => {
    if (!title) return;
    cases.push({
      ...title,
      expected,
      files: files.map((file) => ({ path: file.path, text: `${file.lines.join('\n').trimEnd()}\n` })),
    });
  };
  text.split('\n').forEach((line, i) => {
    const heading = /^=== (.*) \| (bad|good) \| ([a-z]+\/[a-z-]+)\s*$/.exec(line);
    const file = /^--- (\S+)\s*$/.exec(line);
    if (heading) {
      close();
      title = {
        title: heading[1] ?? '',
        isBad: heading[2] === 'bad',
        rule: heading[3] ?? '',
        at: `${path}:${i + 1}`,
      };
      files = [];
      expected = [];
    } else if (line.startsWith('=== '))
      throw new Error(`${path}:${i + 1}: not the heading of a case: ${line}`);
    else if (file) files.push({ path: file[1] ?? '', lines: [] });
    else {
      const last = files.at(-1);
      if (!last) return;
      const mark = marker.exec(line);
      last.lines.push(mark ? line.slice(0, mark.index) : line);
      if (mark) expected.push(`${last.path}:${last.lines.length}`);
    }
  });
  close();
  return cases;
}
