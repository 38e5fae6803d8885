import { inlineHashes } from 'bulwark/html';
import { describe, expect, it } from 'vitest';
import { emptyReport, hostileReport, sampleReport, twoWaysFinding } from '../testing/sample-report.ts';
import { writeHtml } from './html.ts';
import { reportStyle } from './style.ts';

describe('writeHtml', () => {
  const page = writeHtml(sampleReport);

  it('shows the way of the data with its code', () => {
    expect(page).toContain('<code>src/routes.ts:4</code> comes from the query string');
    expect(page).toContain('const q = <mark>req.query.q</mark>;');
    expect(page).toContain('CWE-89, A05:2025 Injection');
    expect(page).toContain('by comment: our own file');
  });

  it('names the sources of other ways', () => {
    expect(writeHtml({ ...sampleReport, findings: [twoWaysFinding] })).toContain(
      '<p>Also from:</p>\n<ul>\n<li><code>src/routes.ts:3</code> comes from a header</li>',
    );
    expect(page).not.toContain('Also from');
  });

  it('links to what is there', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBe(2);
    expect([...links].sort()).toEqual([...ids].sort());
  });

  it('has a policy that allows its own sheet and nothing else', () => {
    expect(page).toContain(
      `content="default-src 'none'; style-src ${inlineHashes(reportStyle).join('')}; base-uri 'none'; form-action 'none'"`,
    );
  });

  it.each([
    ['a report', sampleReport],
    ['nothing', emptyReport],
    ['hostile names and texts', hostileReport],
  ])('loads and runs nothing, for %s', (_, report) => {
    const tags = [...writeHtml(report).matchAll(/<(\w+)([^>]*)>/g)];
    expect(
      tags.filter(([, name = '']) => /^(?:script|img|link|iframe|object|embed|base|form)$/.test(name)),
    ).toEqual([]);
    expect(
      tags.filter(([, , attributes = '']) => / (?:src|on\w+|style)=| href="[^#]/.test(attributes)),
    ).toEqual([]);
  });

  it('says when there is nothing', () => expect(writeHtml(emptyReport)).toContain('No findings'));
});
