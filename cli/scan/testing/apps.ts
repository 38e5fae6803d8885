import { readFileSync } from 'node:fs';
import type { Case } from './cases.ts';
import { findingsOf } from './judge.ts';

/** A line of an application, and what has to be reported there, or must not. */
export interface Label {
  readonly isBad: boolean;
  readonly path: string;
  readonly line: number;
  /** A hole is found if one of these is reported there; of a good line only the first counts. */
  readonly rules: readonly string[];
  readonly why: string;
}

/** A labelled application: checks/scan/README.md describes the format. */
export interface LabelledApp {
  readonly files: Case['files'];
  readonly labels: readonly Label[];
}

export function readApp(file: string): LabelledApp {
  const files: { path: string; lines: string[] }[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const path = /^--- (\S+)$/.exec(line)?.[1];
    if (path !== undefined) files.push({ path, lines: [] });
    else files.at(-1)?.lines.push(line);
  }
  const [head, ...own] = files;
  return {
    labels: (head?.lines ?? []).flatMap((line) => labelOf(line) ?? []),
    files: own.map(({ path, lines }) => ({ path, text: lines.join('\n') })),
  };
}

function labelOf(text: string): Label | undefined {
  const [, kind, path, line, rules, why] = /^(bad|good) (\S+):(\d+) (\S[^|]*\S) \| (.*)$/.exec(text) ?? [];
  if (path === undefined || rules === undefined) return undefined;
  return { isBad: kind === 'bad', path, line: Number(line), rules: rules.split(' '), why: why ?? '' };
}

/** Labels that the scanner is wrong about: holes that it does not report, and good lines that it does. */
export async function wrongIn({ files, labels }: LabelledApp): Promise<readonly Label[]> {
  const findings = await findingsOf({ title: '', isBad: true, rule: '', files, expected: [], at: '' });
  const isReported = ({ path, line }: Label, rules: readonly string[]): boolean =>
    findings.some(
      ({ rule, place }) =>
        rules.includes(rule) && place.path === path && place.line <= line && line <= place.endLine,
    );
  return labels.filter((label) =>
    label.isBad ? !isReported(label, label.rules) : isReported(label, label.rules.slice(0, 1)),
  );
}
