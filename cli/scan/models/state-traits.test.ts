import { describe, expect, it } from 'vitest';
import type { State } from './api.ts';
import { compileModels } from './compile-models.ts';
import type { Models } from './model.ts';
import { addTrait, hasTrait, isOfType } from './state-traits.ts';

const koa: Models = {
  language: 'javascript',
  types: [
    ['koa.App', 'koa', 'Instance'],
    ['koa.Context', 'koa.App', 'Member[use].Argument[0].Parameter[0]'],
  ],
  traits: [
    ['koa.App', '', 'calls-next-handler', 'deep'],
    ['koa.Context', '', 'throws-answers'],
  ],
};
const other: Models = {
  language: 'javascript',
  sinks: [
    ['koa.App', 'Member[listen].Argument[0]', 'ssrf'],
    ['koa.Context', 'Member[body]', 'xss'],
  ],
};
const api = compileModels([koa, other]);
const states = (ids: readonly number[] = []): readonly State[] => ids.map((id) => api.states[id] as State);
const [app] = states(api.packages.get('koa.App'));
const context = states(api.packages.get('koa.Context'));

describe('a trait', () => {
  it('is of what its path leads to', () => {
    expect(hasTrait(context, 'throws-answers')).toBe(true);
    expect(hasTrait(context, 'calls-next-handler')).toBe(false);
    expect(hasTrait([], 'throws-answers')).toBe(false);
  });

  it('is of nothing below, unless it is deep', () => {
    expect(hasTrait(states(context[0]?.members.get('body')), 'throws-answers')).toBe(false);
    for (const name of ['use', 'listen']) {
      const [method] = states(app?.members.get(name));
      expect(hasTrait(states(method?.args[0]?.to), 'calls-next-handler')).toBe(true);
    }
  });

  it('ends where steps lead back to a state', () => {
    const all = [...api.states];
    const [one] = states(api.packages.get('koa.App'));
    const circular = { ...(one as State), id: all.length, returns: [all.length] };
    all.push(circular);
    addTrait(all, circular, 'throws-answers', true);
    expect(circular.traits.has('throws-answers')).toBe(true);
  });

  it('says nothing of the types that a value below is as well', () => {
    const [use] = states(app?.members.get('use'));
    const [handler] = states(use?.args[0]?.to);
    const [parameter, type] = states(handler?.params[0]?.to);
    expect(parameter?.traits.has('calls-next-handler')).toBe(true);
    expect(type?.traits).toEqual(new Set(['throws-answers']));
  });
});

describe('the type of a state', () => {
  it('is that of the models, and none of what a path leads to', () => {
    expect(isOfType(context, 'koa.Context')).toBe(true);
    expect(isOfType(context, 'koa.App')).toBe(false);
    expect(states(app?.members.get('use'))[0]?.type).toBeUndefined();
  });
});
