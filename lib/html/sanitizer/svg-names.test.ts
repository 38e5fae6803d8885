import { describe, expect, it } from 'vitest';
import { render } from '../render.ts';
import { sanitize } from './sanitize.ts';

const svg = (inner: string): string => render(sanitize(`<svg>${inner}</svg>`, 'svg'));
const many = '<rect width="1" height="1"/>'.repeat(100);
const path = `<path id="p" marker-mid="url(#m)" d="M0 0${'h1'.repeat(100)}"/>`;

describe('references in a picture', () => {
  it.each([
    ['href', '<use href="#p"/>'],
    ['xlink:href', '<use xlink:href="#p"/>'],
    ['a first one that leads nowhere', '<use xlink:href="#nowhere" href="#p"/>'],
    ['a first one that leads to another', '<use xlink:href="#m" href="#p"/><use href="#p" xlink:href="#m"/>'],
  ])('draw no more by what is used: %s', (_name, use) => {
    expect(svg(`<marker id="m">${many}</marker>${path}${use.repeat(400)}`)).not.toContain('marker-mid');
  });

  it('stay where they draw little, also beside an old spelling of the same', () => {
    const written = svg(
      `<marker id="m">${many}</marker>${path}${'<use href="#p" xlink:href="#p"/>'.repeat(3)}`,
    );
    expect(written).toContain('marker-mid="url(#svg-m)"');
    expect(written.split('href="#svg-p"')).toHaveLength(4);
  });
});
