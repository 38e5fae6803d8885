import { extname } from 'node:path';
import { parseJson } from 'bulwark/parse';
import { parseCsv } from 'bulwark/parse/csv';
import { parseYaml } from 'bulwark/parse/yaml';
import type { Express } from 'express';
import type { Fields } from '../model.ts';
import { keep } from './files.ts';
import { readXml } from './read-xml.ts';

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  '.json': (text) => parseJson(text),
  '.yaml': (text) => parseYaml(text),
  '.csv': (text) => parseCsv(text),
  '.xml': readXml,
};

/** A supplier's products. */
export function importRoutes(app: Express, folder: string): void {
  app.post('/import', async (req, res) => {
    const { name, text } = req.body;
    await keep(folder, name, text);
    const rows = readers[extname(name)]?.(text) as Fields[];
    res.json(rows.map((row) => merge({ country: 'Ireland' }, row)));
  });
}

function merge(target: Fields, source: Fields): Fields {
  for (const key in source) {
    const value = source[key];
    // What a name means to all objects, such as toString, is none of the supplier's.
    const known = Object.hasOwn(target, key) ? target[key] : {};
    if (typeof value !== 'object' || value === null) target[key] = value;
    else target[key] = merge((Object(known) === known ? known : {}) as Fields, value as Fields);
  }
  return target;
}
