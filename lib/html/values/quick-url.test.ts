import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { planUrl } from '../template/plan-url.ts';
import { escapeHtml } from './escape.ts';
import { quickUrl } from './quick-url.ts';
import { joinUrl, unsafeUrl } from './safe-url.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

describe('a URL of words', () => {
  it('is what the decision on all of it gives, or is left to that', () => {
    const text = fc.string({
      unit: fc.constantFrom('/', '.', '%', '2', 'e', ':', '?', '#', '&', 'a', ' ', '@', '\\'),
      maxLength: 6,
    });
    const word = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'Z', '2', 'e', '-', '0'), maxLength: 3 }),
      fc.integer({ min: -2, max: 1e6 }),
      fc.constantFrom('', '.', '..', ' ', '/', 'java', '\u00e9', 1e21, 0.5, -0, Number.NaN),
    );
    let quick = 0;
    fc.assert(
      fc.property(
        fc.tuple(fc.constantFrom('', '/a/', 'https://x.example/', 'mailto:', 'x', '?q='), text),
        fc.array(fc.tuple(word, text), { minLength: 1, maxLength: 3 }),
        ([start, more], rest) => {
          const plan = planUrl([start + more, ...rest.map(([, after]) => after)], 0, 'x', false);
          if (typeof plan === 'number' || plan.quick === undefined) return;
          const values = rest.map(([value]) => value);
          const url = quickUrl(plan.quick, plan.holes, values);
          if (url === undefined) return;
          quick++;
          expect(url).toBe(escapeHtml(joinUrl(plan, values.map(String)) ?? unsafeUrl));
        },
      ),
      { numRuns: 20_000 },
    );
    expect(quick).toBeGreaterThan(500);
  });

  it('is the same where one value is all of it', () => {
    const unit = fc.constantFrom(
      ...'/\\.:?#&@%aZ1-_ \t\n\0<"',
      '\u00e9',
      '\u3000',
      '\ud800',
      'http:',
      'javascript:',
    );
    const plans = [false, true].map((image) => planUrl(['', ''], 0, 'x', image));
    let quick = 0;
    fc.assert(
      fc.property(fc.constantFrom(...plans), fc.string({ unit, maxLength: 8 }), (plan, value) => {
        if (typeof plan === 'number' || plan.quick === undefined) throw new Error('There is a quick way.');
        const url = quickUrl(plan.quick, plan.holes, [value]);
        if (url === undefined) return;
        quick++;
        expect(url).toBe(escapeHtml(joinUrl(plan, [value]) ?? unsafeUrl));
      }),
      { numRuns: 20_000 },
    );
    expect(quick).toBeGreaterThan(500);
  });
});
