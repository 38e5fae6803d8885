import { inspect } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { codes, isRefusal, Misuse, Refusal } from './index.ts';

const attack = '\u001b[31mintranet"><script>';
const detail = { host: attack, address: '10.0.0.5', rule: '10.0.0.0/8' };
const refusal = new Refusal('fetch/private-address', { detail, requestId: 'r-1' });

describe('Refusal', () => {
  it('takes its sentences and numbers from the catalogue', () => {
    const { message, hint, status, cwe } = codes['fetch/private-address'];
    expect(refusal).toMatchObject({ name: 'Refusal', message, hint, status, cwe, requestId: 'r-1', detail });
    expect(refusal).toBeInstanceOf(Error);
  });

  it('is made where the prototype has an accessor', () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    polluted['get'] = () => 'forged';
    let error: Refusal;
    try {
      error = new Refusal('fetch/private-address', { detail });
    } finally {
      delete polluted['get'];
    }
    expect(error.detail).toBe(detail);
  });

  it('keeps its detail where the prototype is polluted', () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    const make = (): Refusal => new Refusal('fetch/private-address', { detail });
    let error: Refusal;
    Object.assign(polluted, { value: 'forged', writable: true, enumerable: true, configurable: true });
    try {
      error = make();
    } finally {
      for (const name of ['value', 'writable', 'enumerable', 'configurable']) delete polluted[name];
    }
    expect(error.detail).toBe(detail);
    expect(Object.keys(error)).not.toContain('detail');
    expect(Reflect.set(error, 'detail', 'forged')).toBe(false);
  });

  it('tells the client a general sentence and the request id, and nothing else', () => {
    expect(refusal.toProblem()).toEqual({
      type: 'about:blank',
      title: 'The request was refused.',
      status: 400,
      requestId: 'r-1',
    });
    expect(new Refusal('fetch/private-address', { detail }).toProblem()).not.toHaveProperty('requestId');
  });

  it('says so where the server, not the client, is the cause', () => {
    const failed = Object.create(refusal, { status: { value: 502 } });
    expect(failed.toProblem()).toMatchObject({ status: 502, title: 'The request could not be carried out.' });
  });

  it('shows what the attacker sent to no one who prints it', () => {
    const lines: string[] = [];
    pino({}, { write: (line: string) => void lines.push(line) }).error(refusal, 'failed');
    for (const printed of [
      String(refusal),
      inspect(refusal),
      JSON.stringify(refusal),
      refusal.stack ?? '',
      ...lines,
    ]) {
      expect(printed).toContain('not a public address');
      expect(printed).not.toContain('intranet');
    }
  });
});

describe('isRefusal', () => {
  it('knows a refusal, its code and its area', () => {
    expect(isRefusal(refusal)).toBe(true);
    expect(isRefusal(refusal, 'fetch/private-address')).toBe(true);
    expect(isRefusal(refusal, 'fetch/*')).toBe(true);
  });

  it('takes an area as a whole word', () => {
    expect(isRefusal(Object.create(refusal, { code: { value: 'fetcher/x' } }), 'fetch/*')).toBe(false);
    expect(isRefusal(Object.create(refusal, { code: { value: undefined } }), 'fetch/*')).toBe(false);
  });

  it('knows one made by another copy', async () => {
    const url = './refusal.ts?copy=2';
    const copy: typeof import('./refusal.ts') = await import(/* @vite-ignore */ url);
    const foreign = new copy.Refusal('fetch/private-address', { detail });
    expect(foreign).not.toBeInstanceOf(Refusal);
    expect(isRefusal(foreign, 'fetch/*')).toBe(true);
  });

  it('knows one made in another realm', () => {
    const realm = createContext({});
    const foreign: unknown = runInContext(
      `class Refusal extends Error { code = 'fetch/private-address' }
       Object.defineProperty(Refusal.prototype, Symbol.for('bulwark.refusal'), { value: true });
       new Refusal()`,
      realm,
    );
    expect(foreign).not.toBeInstanceOf(Error);
    expect(isRefusal(foreign, 'fetch/*')).toBe(true);
  });

  it('is not forged by JSON, a copy, or a polluted prototype', () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    const names = ['bulwark.refusal', 'Symbol(bulwark.refusal)', 'code', '@@bulwark.refusal'];
    try {
      for (const name of names) polluted[name] = true;
      for (const forged of [
        JSON.parse('{"name":"Refusal","code":"fetch/private-address","Symbol(bulwark.refusal)":true}'),
        { ...refusal },
        structuredClone(refusal),
        new Error('fetch/private-address'),
        new Misuse('bulwark/invalid-option'),
        'fetch/private-address',
        null,
        undefined,
        () => refusal,
      ]) {
        expect(isRefusal(forged)).toBe(false);
      }
    } finally {
      for (const name of names) delete polluted[name];
    }
  });
});

describe('Misuse', () => {
  it('is a TypeError with a code, a sentence for the developer and a hint', () => {
    const cause = new Error('x');
    const misuse = new Misuse('bulwark/invalid-option', 'maxKeys takes 1.', { cause });
    expect(misuse).toBeInstanceOf(TypeError);
    expect(misuse).toMatchObject({
      name: 'Misuse',
      code: 'bulwark/invalid-option',
      message: 'An option is unknown, or has a value that is not accepted. maxKeys takes 1.',
      hint: codes['bulwark/invalid-option'].hint,
      cause,
    });
    expect(new Misuse('bulwark/invalid-option', undefined, { hint: 'Do this.' })).toMatchObject({
      message: codes['bulwark/invalid-option'].message,
      hint: 'Do this.',
    });
  });
});
