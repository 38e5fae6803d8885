import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { Attack } from '../attack/attack.ts';
import { htmlReport } from './html-report.ts';
import { summarize } from './summary.ts';

const hostile = '</style><script>alert(1)</script><img src=x onerror=alert(1)>';
const attack: Attack = {
  ...{ group: 'XSS', name: hostile, payload: hostile, kind: 'handler', endpoint: 'GET search q' },
  ...{ guide: false, part: 'pages', code: [], fire: async () => ({ answer: '' }) },
};
const shot = (lost?: string) => ({
  ...{ attack, events: [], at: 0 },
  outcome: { answer: '200', ...(lost !== undefined && { lost }) },
});

const summary = summarize({
  ...{ theirs: [shot(hostile)], ours: [shot()], comparisons: [], ablated: [], chromium: true, server: false },
});

function namesIn(markup: string): readonly string[] {
  const names: string[] = [];
  const waiting: DefaultTreeAdapterTypes.Node[] = [parse(markup)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    names.push(node.nodeName);
    if ('attrs' in node) names.push(...node.attrs.map(({ name }) => name));
    if ('childNodes' in node) waiting.push(...node.childNodes);
  }
  return names;
}

describe('htmlReport', () => {
  it('is one file without a script, whatever was fired', () => {
    const report = htmlReport(summary);
    const names = namesIn(report);
    expect(names).toContain('style');
    for (const none of ['script', 'img', 'link', 'onerror', 'src']) expect(names).not.toContain(none);
    expect(report).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(report).toContain("default-src 'none'");
  });

  it('says whether the defended shop held', () => {
    expect(htmlReport(summary)).toContain('The defended shop held.');
    const lost = summarize({
      ...{
        theirs: [shot('x')],
        ours: [shot('rows')],
        comparisons: [],
        ablated: [],
        chromium: true,
        server: false,
      },
    });
    expect(htmlReport(lost)).toContain('The defended application lost to');
  });
});
