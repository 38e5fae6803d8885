import { readFileSync } from 'node:fs';
import type { Finding } from '../../finding/finding.ts';
import type { Case } from './cases.ts';
import { findingsOf } from './judge.ts';

/** A line of an application, with what must or must not be reported there. */
export interface Label {
  readonly isBad: boolean;
  readonly path: string;
  readonly line: number;
  /** A vulnerability counts as found if one of these rules reports it. For a good line only the first rule counts. */
  readonly rules: readonly string[];
  readonly why: string;
}

/** A labelled application. checks/scan/README.md describes the format. */
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

/** The findings of an application without vulnerabilities, as `path:line rule`, except those of its labels. */
export async function falseIn(app: LabelledApp): Promise<readonly string[]> {
  const known = new Set(app.labels.map(({ path, line, rules }) => `${path}:${line} ${rules.join(' ')}`));
  const said = (await reportOf(app)).map(({ rule, place }) => `${place.path}:${place.line} ${rule}`);
  return said.filter((one) => !known.has(one));
}

/** The labels that the scanner contradicts: vulnerabilities that it misses, and good lines that it reports. */
export async function wrongIn(app: LabelledApp): Promise<readonly Label[]> {
  const { labels } = app;
  const findings = await reportOf(app);
  const isReported = ({ path, line }: Label, rules: readonly string[]): boolean =>
    findings.some(
      ({ rule, place }) =>
        rules.includes(rule) && place.path === path && place.line <= line && line <= place.endLine,
    );
  return labels.filter((label) =>
    label.isBad ? !isReported(label, label.rules) : isReported(label, label.rules.slice(0, 1)),
  );
}

async function reportOf({ files }: LabelledApp): Promise<readonly Finding[]> {
  return findingsOf({ title: '', isBad: true, rule: '', files, expected: [], at: '' });
}
