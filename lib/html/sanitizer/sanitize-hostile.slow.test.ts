import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { isRefusal } from '../../refusal/index.ts';
import { hostileMarkup } from '../../testing/corpus/hostile-markup.ts';
import { render } from '../render.ts';
import type { Node } from './markup-node.ts';
import { parseUntrusted } from './parse-untrusted.ts';
import { resolvePreset } from './preset.ts';
import type { PresetName } from './preset-type.ts';
import { sanitize } from './sanitize.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

function countOf(nodes: readonly Node[]): number {
  let count = 0;
  const steps = [...nodes];
  for (let node = steps.pop(); node; node = steps.pop()) {
    count++;
    if ('childNodes' in node) for (const child of node.childNodes) steps.push(child);
  }
  return count;
}

// What it costs is counted here, in nodes and characters; bench/html/sanitize-hostile.ts measures it.
describe.each<PresetName>(['text', 'comment', 'article', 'markdown', 'email', 'svg'])('%s', (name) => {
  it.each(hostileMarkup)('refuses $name, or makes little of it', ({ write }) => {
    const { limits } = resolvePreset(name);
    const markup = write();
    try {
      const output = render(sanitize(markup, name));
      expect(output.length).toBeLessThanOrEqual(limits.length);
      expect(countOf(parseUntrusted(markup, limits))).toBeLessThanOrEqual(limits.nodes);
      expect(render(sanitize(output, name))).toBe(output);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      expect(error).toMatchObject({ code: 'html/markup-too-complex', status: 413 });
    }
  });
});
