import type { Finding, Step } from '../../../finding/finding.ts';
import { shapedRanges } from './secret-ranges.ts';
import type { TextRange } from './text-range.ts';

/** Masks secrets in a text such as a finding's message. It finds only secrets that are recognised by their shape. */
export function maskText(text: string): string {
  return maskRanges(text, [...shapedRanges(text)]);
}

/** Applies `maskText` to all texts of a finding: its message, its advice, and the messages of its steps. */
export function maskFinding(finding: Finding): Finding {
  const step = (one: Step): Step => ({ ...one, message: maskText(one.message) });
  const { message, advice, steps, otherWays } = finding;
  const texts = [message, advice, ...[steps, ...(otherWays ?? [])].flat().map((one) => one.message)];
  if (texts.every((text) => maskText(text) === text)) return finding;
  return {
    ...finding,
    message: maskText(message),
    advice: maskText(advice),
    steps: steps.map(step),
    ...(otherWays ? { otherWays: otherWays.map((way) => way.map(step)) } : {}),
  };
}

/** Masks ranges of a text. A few leading characters and the length are kept. */
export function maskRanges(text: string, ranges: readonly TextRange[]): string {
  let result = '';
  let from = 0;
  for (const { at, end } of [...ranges].sort((a, b) => a.at - b.at || b.end - a.end)) {
    if (end <= from) continue;
    const start = Math.max(at, from);
    const shown = start === at ? shownOf(end - at) : 0;
    result += text.slice(from, start + shown) + text.slice(start + shown, end).replace(/[^\r\n]/g, '*');
    from = end;
  }
  return result + text.slice(from);
}

/** An eighth, at most four characters: enough to tell keys apart, too few to guess the rest. */
function shownOf(length: number): number {
  return Math.min(4, Math.floor(length / 8));
}
