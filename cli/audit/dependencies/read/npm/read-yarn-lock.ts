import type { LockFile } from '../../package-graph.ts';
import { keyLines } from '../kit/key-lines.ts';
import { LockCollector, type LockInput } from '../kit/lock-reader.ts';
import { isMap, valueAt } from '../kit/values.ts';
import { readYarnBerry } from './read-yarn-berry.ts';
import { readYarnClassic } from './read-yarn-classic.ts';
import { parseYamlLock } from './yaml-lock.ts';
import { descriptorsOf } from './yarn-file.ts';

/** `yarn.lock` of yarn 1 and of the later versions, which write YAML. */
export function readYarnLock(input: LockInput): LockFile {
  const lock = new LockCollector(input);
  const isClassic = /^# yarn lockfile v1\b/m.test(input.text.slice(0, 1000));
  const kind = isClassic || !/^__metadata:/m.test(input.text) ? 'yarn-1' : 'yarn-berry';
  const parsed = parseYamlLock(input.text);
  if ('problem' in parsed) lock.problem(parsed.problem);
  else {
    const [document = {}] = parsed.documents;
    const { lines, twice } = entryLines(input.text);
    for (const { key, line } of twice) lock.problem(`has the same key twice: ${JSON.stringify(key)}`, line);
    if (parsed.documents.length > 1) lock.problem('has more than one document');
    if (isMap(valueAt(document, '__metadata'))) readYarnBerry({ document, lines, input, lock });
    else readYarnClassic({ document, lines, input, lock });
  }
  return lock.finish(kind, 'npm');
}

/** The lines of the entries, by each of their descriptors. */
function entryLines(text: string): {
  readonly lines: ReadonlyMap<string, number>;
  readonly twice: readonly { readonly key: string; readonly line: number }[];
} {
  const lines = new Map<string, number>();
  const twice: { key: string; line: number }[] = [];
  for (const [heading, line] of keyLines(text, /^([^\s#][^\n]*):\r?$/gm)) {
    for (const key of descriptorsOf(heading)) {
      if (lines.has(key) && twice.length < 5) twice.push({ key, line });
      else lines.set(key, line);
    }
  }
  return { lines, twice };
}
