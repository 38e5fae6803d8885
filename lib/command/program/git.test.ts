import { describe, expect, it } from 'vitest';
import { argumentsOf, outcomeOf, path } from '../../../checks/command/judged-arguments.ts';
import { git } from './git.ts';

const refused = 'command/unsafe-value';
const g = argumentsOf(git({ hosts: ['github.com', '*.example.com'] }));

describe('git', () => {
  it.for([
    '--output=x',
    '../x',
    '..',
    'a/../../x',
    './a',
    '-O',
    '',
    ' main',
    ':/text',
    'HEAD^{/x}',
    'a b',
    'a\nb',
    '+main',
    'a:b:c\0',
    '\u2010x',
    'a*',
    'a?',
    '[a',
    'a\\b',
  ])('refuses %j as a revision', (value) => expect(outcomeOf(() => g`log ${value}`)).toBe(refused));

  it.for([
    'main',
    'v1.2.3',
    'HEAD~3',
    'HEAD^2',
    'main@{1}',
    'origin/main..HEAD',
    '^main',
    'caf\u00e9',
    '0a1b2c3',
  ])('accepts %s as a revision', (value) => expect(g`log ${value}`).toEqual(['log', value]));

  it.for([
    'http://github.com/a',
    'https://github.com.evil.example/a',
    'https://evil.example/github.com',
    'https://u@github.com/a',
    'https://github.com@evil.example/',
    'ssh://git@github.com/a',
    'git@github.com:a/b',
    'ext::sh',
    '/srv/x',
    'file:///x',
    'HTTPS://github.com/a',
    'https:github.com/a',
    'https:\\\\github.com/a',
    'https://GITHUB.com/a b',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://github.com?@evil.example/',
    'https://github.com#@evil.example/',
    'https://github.com.:443/',
    'https:/github.com/a',
    'https://example.com/',
    '--upload-pack=x',
    'https://github.com:99999/',
  ])('refuses %s as a URL', (value) =>
    expect(outcomeOf(() => g`clone ${value} ${path('/srv/c')}`)).toBe(refused),
  );

  it.for([
    'https://github.com/a/b.git',
    'https://git.example.com:8443/x',
    'https://github.com/a/b?x=1',
    'https://GitHub.com:443/@a/b',
  ])('accepts %s as a URL', (value) =>
    expect(g`clone ${value} ${path('/srv/c')}`).toEqual(['clone', value, '/srv/c']),
  );

  it('accepts no host by default', () =>
    expect(outcomeOf(() => argumentsOf(git())`ls-remote ${'https://github.com/a'}`)).toBe(refused));

  it('reads a local repository through a URL', () => {
    expect(g`clone -q --depth ${'1'} ${path('/srv/a b%.git')} ${path('/srv/c')}`).toEqual([
      'clone',
      '-q',
      '--depth',
      '1',
      'file:///srv/a%20b%25.git',
      '/srv/c',
    ]);
  });

  it('accepts no value after an unknown option', () => {
    expect(outcomeOf(() => g`log --new-option ${'main'}`)).toBe(refused);
    expect(outcomeOf(() => g`log --new-option=${'x'}`)).toBe(refused);
    expect(outcomeOf(() => g`log --new-option=x ${'main'}`)).toBe('accepted');
  });

  it('refuses an unknown subcommand, and a subcommand that is a value', () => {
    expect(outcomeOf(() => g`submodule update`)).toBe('command/unknown-subcommand');
    expect(outcomeOf(() => g`${'log'}`)).toBe(refused);
    expect(outcomeOf(() => g`--no-pager log`)).toBe('accepted');
  });

  it('refuses files outside the repository', () => {
    for (const value of ['/etc/passwd', '../x', 'a/../../x', '', 'C:\\x', 'a\0'])
      expect(outcomeOf(() => g`diff -- ${value}`)).toBe(refused);
    for (const value of ['a', '-x', 'a/b', ':(top)', 'a..b'])
      expect(outcomeOf(() => g`diff -- ${value}`)).toBe('accepted');
  });

  it('judges the configuration of a repository', () => {
    const [check] = [
      git({ hosts: ['github.com'], allowConfig: ['core.commentchar'] }).preflight ?? [],
    ].flat();
    const judged = (settings: string, subcommand = 'log') =>
      check?.judge({ stdout: settings, code: 0 }, [{ text: subcommand, kind: 'literal' }]).allow;
    const setting = (key: string, value: string, origin = 'file:.git/config') =>
      `local\0${origin}\0${key}\n${value}\0`;
    expect(judged(setting('core.bare', 'false') + setting('user.name', 'a\nb'))).toBe(true);
    expect(judged(setting('filter.x.clean', 'rm'))).toBe(false);
    expect(check?.judge({ stdout: setting('core.fsmonitor', './x'), code: 0 }, [])).toMatchObject({
      code: 'command/unsafe-repository',
      detail: { key: 'core.fsmonitor' },
    });
    expect(judged(setting('core.bare', 'false', 'file:/other/config'))).toBe(false);
    expect(judged(setting('core.commentchar', ';'))).toBe(true);
    expect(judged(setting('remote.origin.url', 'http://10.0.0.1/'))).toBe(true);
    expect(judged(setting('remote.origin.url', 'http://10.0.0.1/'), 'fetch')).toBe(false);
    expect(judged(setting('remote.origin.url', 'https://github.com/a'), 'fetch')).toBe(true);
    expect(judged(setting('remote.a.b\n.uploadpack', 'x'))).toBe(false);
    expect(
      check?.judge({ stdout: setting('core.bare', 'false', 'file:/srv/x.git/config'), code: 0 }, [
        { text: 'log', kind: 'literal' },
        { text: '--', kind: 'literal' },
        { text: '--git-dir=/srv/x.git', kind: 'value' },
      ]).allow,
    ).toBe(false);
    expect(judged('command\0command line:\0core.fsmonitor\nfalse\0')).toBe(true);
  });
});
