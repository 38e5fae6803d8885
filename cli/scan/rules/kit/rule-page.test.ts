import { describe, expect, it } from 'vitest';
import { rulePage, rulePagePath, rulesWithPage } from './rule-page.ts';

describe('the pages of rules', () => {
  it('are there for the rules of data flow, of use, and of suppressions', () => {
    expect(rulesWithPage()).toEqual(
      expect.arrayContaining([
        'object/prototype-pollution',
        'scan/bad-suppression',
        'sql/injection',
        'tls/unverified',
      ]),
    );
    expect(rulesWithPage()).toEqual([...rulesWithPage()].sort());
  });

  it('begin with the id, whatever dashes it has', () => {
    for (const id of rulesWithPage()) expect(rulePage(id).split('\n')[0]).toBe(`# ${id}`);
    expect(rulePagePath('object/prototype-pollution')).toBe('object-prototype-pollution.md');
  });
});
