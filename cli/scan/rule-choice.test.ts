import { describe, expect, it } from 'vitest';
import { ruleChoice } from './rule-choice.ts';

const rules = [
  'sql/injection',
  'nosql/injection',
  'sql/template-site',
  'xss/reflected',
  'xss/stored',
  'csrf/off',
  'redirect/open',
];

describe('ruleChoice', () => {
  it.each([
    ['xss', 'Did you mean xss/*, xss/reflected or xss/stored?'],
    ['xss/', 'Did you mean xss/*, xss/reflected or xss/stored?'],
    ['sqli', 'Did you mean sql/*'],
    ['SQL_injection', 'Did you mean sql/*, sql/injection or nosql/injection?'],
    ['sql/injektion', 'sql/injection'],
    ['stored', 'Did you mean xss/stored?'],
    ['xs/*', ' or xss/*?'],
    ['nosqk/*', 'nosql/*'],
    ['nope', 'or an area: csrf/*, nosql/*, redirect/*, sql/*, xss/*.'],
    ['', 'or an area: csrf/*'],
    ['/*', 'or an area: csrf/*'],
  ])('suggests what is near %s', (name, advice) => {
    const expected = expect.objectContaining({ code: 'scan/rule', fix: expect.stringContaining(advice) });
    expect(() => ruleChoice(rules, [name], [])).toThrow(expected);
    expect(() => ruleChoice(rules, [], [name])).toThrow(expected);
  });

  it('takes rules and areas, and lets skip take precedence', () => {
    const wants = (only: string[], skip: string[]): string[] => rules.filter(ruleChoice(rules, only, skip));
    expect(wants([], [])).toEqual(rules);
    expect(wants(['sql/*'], [])).toEqual(['sql/injection', 'sql/template-site']);
    expect(wants(['sql/*', 'csrf/off'], ['sql/injection'])).toEqual(['sql/template-site', 'csrf/off']);
  });
});
