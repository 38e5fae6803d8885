import AdmZip from 'adm-zip';
import { expect, it } from 'vitest';
import { zipOf } from './uploads.ts';

it('makes archives with the names that it is given', () => {
  const names = ['../../downloads/prices.csv', 'boats/caf\u00e9.png', 'a.txt'];
  const entries = new AdmZip(zipOf(names.map((name) => [name, `in ${name}`]))).getEntries();
  expect(entries.map(({ entryName }) => entryName)).toEqual(names);
  expect(entries.map((entry) => entry.getData().toString())).toEqual(names.map((name) => `in ${name}`));
});
