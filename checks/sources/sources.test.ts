import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, root } from '../repository.ts';
import { foreignBytes, lineCount, longest } from './source-laws.ts';

const sources = repositoryFiles('*.ts', '*.js', '*.mjs', '*.sh', '*.json', '.ci/run');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Files that are one table of data: a table may be as long as its subject. */
const tables = [
  /^lib\/testing\/corpus\//,
  /^lib\/refusal\/codes\//,
  /^lib\/fetch\/address\/ranges\.ts$/,
  /^checks\/egress\/cases\//,
  /^checks\/events\/redaction-(secrets|harmless|attacks)\.ts$/,
  /^checks\/firewall\/corpus\/(attacks|legitimate)\//,
  /^checks\/(options\/option-takers|size\/ceilings)\.ts$/,
  /^checks\/upload\/archive-hostile-zips\.ts$/,
  /^cli\/scan\/model\/data\//,
  /^cli\/audit\/line\/lines\.ts$/,
  /^cli\/audit\/dependencies\/advisories\/testing\/python-ranges\.json$/,
  /^cli\/audit\/dependencies\/data\//,
  /^cli\/finding\/testing\/sarif-schema\.json$/,
  /(^|\/)package-lock\.json$/,
  /^lib\/package\.json$/,
  /^biome\.json$/,
  /^bench\/observatory\/servers\/labels\.json$/,
  /^bench\/real-code\/triage\//,
  /^lib\/password\/choice\/common-words-data\.ts$/,
];

describe('sources', () => {
  it('are ASCII', () => {
    expect(sources.flatMap((file) => foreignBytes(read(file)).map((at) => `${file}:${at}`))).toEqual([]);
  });

  it(`have at most ${longest} lines`, () => {
    const long = sources.filter((file) => !tables.some((table) => table.test(file)));
    expect(long.filter((file) => lineCount(read(file)) > longest)).toEqual([]);
  });

  it('are named in kebab-case', () => {
    // Nest names its parts by their kind, and a file that takes the place of another one ends in its variant.
    const kinds = 'test|test-d|fuzz|long|slow|config|d|module|controller|service|guard|filter';
    const variants = 'bulwark|empty|usual|proxied|undefended';
    const name = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(\\.(${kinds}|${variants}))*\\.(ts|js|mjs|sh|json)$`);
    const odd = sources.filter((file) => !name.test(file.replace(/^.*\//, '')) && file !== '.ci/run');
    expect(odd).toEqual([]);
  });
});

describe('files of the repository', () => {
  it('name no folder of the machine that they were written on', () => {
    // Not root's home: it is in many a payload.
    const local = [root, ...(homedir() === '/root' ? [] : [`${homedir()}/`])];
    const found = repositoryFiles().filter((file) => local.some((path) => read(file).includes(path)));
    expect(found).toEqual([]);
  });
});

describe('these checks', () => {
  it('find a character that is not what it looks like', () => {
    expect(foreignBytes('const a = 1;\nconst \u0430dmin = 1; // \u202e')).toEqual(['2:7: U+0430']);
    expect(foreignBytes('a\tb')).toEqual(['1:2: U+0009']);
    expect(foreignBytes("const ok = '\\u0430';\n")).toEqual([]);
  });

  it('count lines as editors do', () => {
    expect([lineCount(''), lineCount('a'), lineCount('a\n'), lineCount('a\nb\n')]).toEqual([0, 1, 1, 2]);
  });
});
