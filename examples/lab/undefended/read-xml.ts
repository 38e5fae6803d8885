import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import type { Fields } from '../model.ts';

export function readXml(text: string): Fields[] {
  const rows: Fields[] = [];
  let open = '';
  const parser = new SaxesParser();
  // One supplier names the text that all products share.
  parser.on('doctype', (doctype) => {
    for (const [, name = '', isFile, value = ''] of doctype.matchAll(/<!ENTITY (\w+) (SYSTEM )?"([^"]*)">/g))
      parser.ENTITIES[name] = isFile ? readFileSync(value, 'utf8') : value;
  });
  parser.on('opentag', ({ name }) => {
    open = name;
    if (name === 'product') rows.push({});
  });
  parser.on('text', (value) => {
    const row = rows.at(-1);
    if (row && value.trim()) row[open] = value;
  });
  parser.write(text).close();
  return rows;
}
