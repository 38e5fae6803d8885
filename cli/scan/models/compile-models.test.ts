import { describe, expect, it } from 'vitest';
import { javascriptModels } from '../libraries/javascript/javascript-models.ts';
import { pythonModels } from '../libraries/python/python-models.ts';
import { checkModels, compileModels } from './compile-models.ts';
import type { Models } from './model.ts';

const pg: Models = {
  language: 'javascript',
  types: [['pg.Client', 'pg', 'Member[Client].Instance']],
  sinks: [['pg.Client', 'Member[query].Argument[0]', 'sql']],
  guesses: [['pg.Client', ['client']]],
};

describe('the states of a model', () => {
  it('are made when a name is asked for, with all that it leads to', () => {
    const api = compileModels([
      pg,
      { language: 'javascript', sinks: [['fs', 'Member[open].Argument[0]', 'path']] },
    ]);
    expect(api.states).toEqual([]);
    const [root = -1] = api.packages.get('pg') ?? [];
    const [client = -1] = api.states[root]?.members.get('Client') ?? [];
    const types = api.states[client]?.instance.map((id) => api.states[id]?.name);
    expect(types).toEqual(['new pg.Client', 'pg.Client']);
    expect(api.packages.get('pg.Client')).toEqual(api.guesses.get('client'));
    expect(api.states.filter((state) => state.name.startsWith('fs'))).toEqual([]);
    expect(api.packages.get('no-such-package')).toBeUndefined();
  });

  it('have numbers that no state of the other language has', () => {
    const numbers = [javascriptModels, pythonModels].map((models) => {
      const api = compileModels(models);
      for (const { types = [] } of models)
        for (const [type, from] of types) for (const name of [type, from]) api.packages.get(name);
      return new Set(api.states.flatMap(({ id }) => id));
    });
    const [javascript = new Set(), python = new Set()] = numbers;
    expect(javascript.size).toBeGreaterThan(5000);
    expect(python.size).toBeGreaterThan(5000);
    expect([...javascript].filter((id) => python.has(id))).toEqual([]);
  });

  it('have the arguments in the order of the files', () => {
    const more: Models = {
      language: 'javascript',
      sources: [['lib', 'Member[run].Argument[1].Parameter[0]', 'remote']],
      sinks: [['lib', 'Member[run].Argument[1]', 'command']],
    };
    const first: Models = { language: 'javascript', sinks: [['lib', 'Member[run].Argument[0]', 'command']] };
    const api = compileModels([first, more]);
    const [lib = -1] = api.packages.get('lib') ?? [];
    const [run = -1] = api.states[lib]?.members.get('run') ?? [];
    expect(api.states[run]?.args.map(({ indices }) => indices)).toEqual([[0], [1]]);
  });

  it('are refused where a path cannot be read, though nobody asks for them', () => {
    expect(() => checkModels([pg])).not.toThrow();
    expect(() => checkModels([{ language: 'javascript', sinks: [['lib', 'Memb[run]', 'sql']] }])).toThrow(
      /Memb\[run\]/,
    );
  });
});
