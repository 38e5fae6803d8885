import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { render } from '../render.ts';
import { createSanitizer } from './create-sanitizer.ts';
import { sanitize } from './sanitize.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

describe('a sanitiser with a cache', () => {
  it('gives the same value for the same markup, and what sanitize gives', () => {
    const clean = createSanitizer('comment', { cache: 2 });
    const first = clean('<b onclick=x>a');
    expect(clean('<b onclick=x>a')).toBe(first);
    expect(render(first)).toBe('<b>a</b>');
    expect(render(clean('a\ud800'))).toBe(render(sanitize('a\ud800', 'comment')));
  });

  it('forgets what was not asked for longest, and what is too long', () => {
    const clean = createSanitizer('comment', { cache: 2, cacheLength: 10 });
    const [a, b] = [clean('a'), clean('b')];
    expect(clean('a')).toBe(a);
    clean('c');
    expect([clean('a') === a, clean('b') === b]).toEqual([true, false]);
    expect(clean('x'.repeat(11))).not.toBe(clean('x'.repeat(11)));
  });

  it('keeps a result, and not the markup that it is a piece of', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const held = (work: (i: number) => unknown): number => {
      collect();
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < 20; i++) work(i);
      collect();
      return process.memoryUsage().heapUsed - before;
    };
    const long = 'x'.repeat(1_900_000);
    const clean = createSanitizer('article', { cache: 100 });
    const cached = held((i) => clean(`a text of its own ${i}<!--${long}-->`));
    const named = held((i) => sanitize(`<p>&aNameThatNobodyKnows${i};</p><!--${long}-->`, 'article'));
    expect(Math.max(cached, named)).toBeLessThan(10_000_000);
  });

  it('keeps no refusal, and takes no object', () => {
    const clean = createSanitizer('comment', { cache: 2 });
    for (let i = 0; i < 2; i++) {
      expect(() => clean('<b>'.repeat(9_000))).toThrow(
        expect.objectContaining({ code: 'html/markup-too-complex' }),
      );
      expect(() => clean({} as never)).toThrow(expect.objectContaining({ code: 'html/not-text' }));
    }
    expect(() => createSanitizer('comment', { cache: -1 })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});
