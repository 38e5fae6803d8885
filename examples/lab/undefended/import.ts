import { extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Express } from 'express';
import { load } from 'js-yaml';
import type { Fields } from '../model.ts';
import { keep } from './files.ts';
import { readXml } from './read-xml.ts';

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  '.json': (text) => JSON.parse(text),
  '.yaml': (text) => load(text),
  '.csv': (text) => parse(text, { columns: true }),
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
    if (typeof value !== 'object' || value === null) target[key] = value;
    else target[key] = merge((target[key] ?? {}) as Fields, value as Fields);
  }
  return target;
}
