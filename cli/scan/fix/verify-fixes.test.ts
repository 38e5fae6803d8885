import { describe, expect, it } from 'vitest';
import type { Finding } from '../../finding/finding.ts';
import type { FileFix } from './propose-fixes.ts';
import { type Rescan, verifyFixes } from './verify-fixes.ts';

const text = 'bad\nbad\nbad\nbad\n';
const sources = (): string => text;

function findingAt(line: number, rule = 'x/bad'): Finding {
  const place = { path: 'a.js', line, column: 1, endLine: line, endColumn: 4 };
  return { rule, severity: 'high', confidence: 'high', message: '', advice: '', place, steps: [] };
}

function fixOf(line: number, now: string): FileFix {
  const at = (line - 1) * 4;
  return { path: 'a.js', title: '', findings: [findingAt(line)], edits: [{ at, end: at + 3, text: now }] };
}

/** Finds each line with `bad` or `worse`. */
const rescan: Rescan = async (changed) =>
  (changed.get('a.js') ?? text).split('\n').flatMap((line, i) => {
    if (line === 'bad') return [findingAt(i + 1)];
    return line === 'worse' ? [findingAt(i + 1, 'x/worse')] : [];
  });

describe('verifyFixes', () => {
  it('keeps fixes whose findings are gone, also where lines move', async () => {
    const fixes = [fixOf(1, 'good\ngood'), fixOf(3, 'good')];
    expect(await verifyFixes(fixes, sources, rescan)).toEqual(fixes);
  });

  it('drops a fix whose finding stays, and one that brings another', async () => {
    const good = fixOf(2, 'good');
    expect(await verifyFixes([fixOf(1, ' \nbad'), good, fixOf(4, 'worse')], sources, rescan)).toEqual([good]);
  });

  it('searches the one that brings a finding far away', async () => {
    const far: Rescan = async (changed) => {
      const found = await rescan(changed);
      return changed.get('a.js')?.includes('cause')
        ? [...found, { ...findingAt(9), place: { ...findingAt(9).place, path: 'b.js' } }]
        : found;
    };
    const [one, two] = [fixOf(1, 'good'), fixOf(4, 'good')];
    expect(await verifyFixes([one, fixOf(2, 'cause'), two], sources, far)).toEqual([one, two]);
  });

  it('ends where every fix is wrong', async () => {
    const lost: Rescan = async (changed) =>
      changed.size > 0 ? [findingAt(1), findingAt(9)] : [findingAt(1)];
    expect(await verifyFixes([fixOf(1, 'a'), fixOf(2, 'b'), fixOf(3, 'c')], sources, lost)).toEqual([]);
  });
});
