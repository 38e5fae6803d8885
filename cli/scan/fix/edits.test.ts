import { describe, expect, it } from 'vitest';
import { applyEdits, doOverlap, movedOffset } from './edits.ts';

const word = { at: 4, end: 7, text: 'two' };
const head = { at: 0, end: 0, text: '> ' };

describe('applyEdits', () => {
  it('makes edits in the order of the text, and the same one once', () => {
    expect(applyEdits('one 1st', [word, head, { ...head }])).toBe('> one two');
  });

  it('leaves a text without edits alone', () => {
    expect(applyEdits('one', [])).toBe('one');
  });
});

describe('doOverlap', () => {
  it('is true for two that want the same letters', () => {
    expect(doOverlap(word, { at: 6, end: 9, text: '' })).toBe(true);
    expect(doOverlap(word, { at: 5, end: 5, text: 'x' })).toBe(true);
  });

  it('is false for neighbours, insertions at one place, and the same edit twice', () => {
    expect(doOverlap(word, { at: 7, end: 9, text: '' })).toBe(false);
    expect(doOverlap(head, { ...head, text: '# ' })).toBe(false);
    expect(doOverlap(word, { ...word })).toBe(false);
  });
});

describe('movedOffset', () => {
  it.each([
    [0, 2],
    [3, 5],
    [5, 6],
    [8, 10],
  ])('finds %i again at %i', (before, after) => {
    expect(movedOffset(before, [head, word])).toBe(after);
  });
});
