import { describe, expect, it } from 'vitest';
import { byHost } from './by-host.ts';
import type { Facts } from './language.ts';
import { hosts } from './language-id.ts';
import { modelsOf } from './models.ts';
import { languageById, languageOf, languages } from './registry.ts';

const all = Object.values(languages);

describe('languages', () => {
  it('are known by their ids', () => {
    for (const [id, language] of Object.entries(languages)) expect(language.id).toBe(id);
    expect(languageOf({ language: 'python' })).toBe(languages.python);
    expect(languageById(undefined)).toBe(languages.javascript);
  });

  it('share no ending of a file', () => {
    const extensions = all.flatMap((language) => language.extensions);
    expect(extensions.length).toBe(new Set(extensions).size);
    expect(extensions.filter((one) => !/^[a-z0-9]+$/.test(one))).toEqual([]);
  });

  it('have a host that hosts itself, and models for it', () => {
    for (const { host } of all) expect(languages[host].host).toBe(host);
    expect(Object.keys(modelsOf).sort()).toEqual([...hosts].sort());
    for (const host of hosts) expect(modelsOf[host].filter(({ language }) => language !== host)).toEqual([]);
  });

  it('read a file that is empty', async () => {
    for (const { id, open, extensions } of all) {
      const read = await open();
      const module = read(`a.${extensions[0]}`, '');
      expect([module.language, module.functions.length > 0]).toEqual([id, true]);
    }
  });

  it('have the same names in the same order, so that a fact is read fast', () => {
    const names = (language: Facts): string[] => Object.keys(language);
    for (const language of all) expect(names(language)).toEqual(names(languages.javascript));
  });

  it('differ in each of their facts', () => {
    const { javascript, python, template } = languages;
    const same = (Object.keys(javascript) as (keyof Facts)[]).filter((name) =>
      [python, template].every((one) => JSON.stringify(one[name]) === JSON.stringify(javascript[name])),
    );
    expect(same.filter((name) => typeof javascript[name] !== 'function')).toEqual([]);
  });
});

describe('a table by host', () => {
  it('gives a template what it has for the language of its code', () => {
    const table = { javascript: 'j', python: 'p' };
    expect(all.map((language) => byHost(language, table))).toEqual(['j', 'p', 'j']);
    expect(byHost(languages.javascript, { python: 'p' })).toBe(undefined);
  });
});
