import { expect, it } from 'vitest';
import { type Abstract, aText, tainted } from './abstract.ts';
import { list, object } from './entries.ts';
import { whole } from './extent.ts';
import { noKinds } from './kinds.ts';
import { Origins } from './taint.ts';

const origin = new Origins().source('browser', 0, 0, 'dom.Location.search');
const sent = tainted([{ origin, clean: noKinds, exact: true, weak: false, trace: undefined }], 'text');

/** An object with so many entries of others, and so many of its own. */
function holding(others: number, own: number, made: Abstract = sent): Abstract {
  const values = [...Array(others).fill(made), ...Array(own).fill(aText)];
  return object(values.map((value, i) => [`entry${i}`, value] as const));
}

it.each([
  ['one of six entries', holding(1, 5), true],
  ['something in one of six entries', holding(1, 5, holding(1, 1)), true],
  ['one of five', holding(1, 4), false],
  ['two of six', holding(2, 4), false],
  ['one of six items of a list', list([sent, aText, aText, aText, aText, aText]), false],
])('doubts what is read of a value that is known as a whole: %s', (_title, value, isWeak) => {
  expect(whole(value).taints.map(({ weak }) => weak)).toEqual([isWeak]);
});

it('does not doubt what the value itself is made of', () => {
  expect(whole({ ...holding(0, 6), taints: sent.taints }).taints.map(({ weak }) => weak)).toEqual([false]);
});
