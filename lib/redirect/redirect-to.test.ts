import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { redirectTo } from './index.ts';

const refused = expect.objectContaining({ code: 'redirect/unsafe-target' });

beforeAll(() => {
  configureEvents({ sinks: [] });
});

describe('redirectTo', () => {
  it.each([
    [redirectTo`/`, '/'],
    [redirectTo`/users/${42}`, '/users/42'],
    [redirectTo`/users/${'a/b'}?x=${'1&2=3'}#${'#'}`, '/users/a%2Fb?x=1%262%3D3#%23'],
    [redirectTo`/files/${'../admin'}`, '/files/..%2Fadmin'],
    [redirectTo`/a/${''}`, '/a/'],
    [redirectTo`/x/${true}/${10n}`, '/x/true/10'],
    [redirectTo`/v/.${'hidden'}`, '/v/.hidden'],
    [redirectTo`/caf\u00e9/${'\u00e9'}`, '/caf%C3%A9/%C3%A9'],
  ])('gives %s', (location, expected) => {
    expect(location).toBe(expected);
  });

  it('leads to another origin where the literal names it', () => {
    expect(redirectTo`https://accounts.example.com`).toBe('https://accounts.example.com/');
    expect(redirectTo`https://accounts.example.com/login?to=${'https://a.example/?b'}`).toBe(
      'https://accounts.example.com/login?to=https%3A%2F%2Fa.example%2F%3Fb',
    );
    expect(redirectTo`https://accounts.example.com?to=${'a'}`).toBe('https://accounts.example.com/?to=a');
  });

  it.each(['.', '..'])('refuses the segment %s', (value) => {
    expect(() => redirectTo`/users/${value}`).toThrow(refused);
    expect(() => redirectTo`/users/${value}/edit`).toThrow(refused);
    expect(() => redirectTo`/users/.${value.slice(1)}/edit`).toThrow(refused);
    expect(redirectTo`/users?x=${value}`).toBe(`/users?x=${value}`);
  });

  it('refuses what would complete an encoded dot or another host', () => {
    expect(() => redirectTo`/users/%2${'e'}/x`).toThrow(refused);
    expect(() => redirectTo`/${''}/evil.example`).toThrow(refused);
    expect(() => redirectTo`/${'/evil.example'}`).toThrow(refused);
    expect(() => redirectTo`/${'\\evil.example'}`).toThrow(refused);
    expect(() => redirectTo`/${'\t'}/evil.example`).toThrow(refused);
  });

  it.each([[undefined], [null], [['a']], [{}], [Number.NaN], [Symbol('a')], ['\ud800']])(
    'refuses the value %s',
    (value) => {
      expect(() => redirectTo`/users/${value as never}`).toThrow(refused);
    },
  );

  const invalid = expect.objectContaining({ code: 'redirect/invalid-template' });
  it('refuses a literal that does not say where it leads', () => {
    const host = 'evil.example';
    for (const build of [
      () => redirectTo`${host}`,
      () => redirectTo`//${host}`,
      () => redirectTo`/\\${host}`,
      () => redirectTo`https://${host}/`,
      () => redirectTo`https://a.example${host}/`,
      () => redirectTo`https://a.example:${host}/`,
      () => redirectTo`https://user@a.example/${host}`,
      () => redirectTo`javascript:${host}`,
      () => redirectTo`users/${host}`,
      () => redirectTo`?x=${host}`,
      () => redirectTo`/a\n${host}`,
      () => redirectTo`/a\0${host}`,
      () => redirectTo(['/users'] as never),
      () => redirectTo('/users' as never),
      () => redirectTo(JSON.parse('["//evil.example"]')),
    ]) {
      expect(build).toThrow(invalid);
    }
  });
});
