import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadConfig } from './load-config.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const role = { name: 'r', anonymous: true, hosts: 'public' };

describe('a file', () => {
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('is YAML, or JSON by its name', async () => {
    const yaml = write(
      'a.yaml',
      'listen: { port: 1 }\nroles:\n  - { name: r, anonymous: true, hosts: public }\n',
    );
    expect((await loadConfig(yaml)).listen.port).toBe(1);
    const json = write('a.json', JSON.stringify({ roles: [role], listen: { port: 2 } }));
    expect((await loadConfig(json)).listen.port).toBe(2);
  });

  it.each([
    ['b.json', '{', 'The file is no JSON'],
    ['b.yaml', 'roles: [', 'The file is not valid YAML'],
    ['c.yaml', 'roles: 1\nroles: 2\n', 'The file is not valid YAML'],
    [
      'd.yaml',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(/./g, (l, i) => `${l}: &${l} [${`*${'abcdefg'[i]},`.repeat(9)}]\n`)}`,
      'The file is not valid YAML',
    ],
    ['e.yaml', '', 'This is a group of fields'],
    ['g.json', '{"roles":[{"hosts":[], "b":{"hosts":1},"hosts":"public"}]}', 'line 1, column 40'],
    ['h.json', '{\n"roles":[],\n"r\\u006fles":[]}', 'twice in one group, at line 3, column 1'],
    ['i.json', '{\n"roles": x}', 'The file is no JSON'],
    ['j.yaml', '%YAML 1.1\n---\nroles: []\n', 'begins with %, a directive'],
    ['k.yaml', '\ufeff%YAML 1.1\n---\nroles: []\n', 'begins with %, a directive'],
    ['l.yaml', 'roles:\n  - name: a\n    methods:\n', 'roles[0].methods: Nothing stands here'],
    ['m.yaml', 'roles: *none\n', 'The file is not valid YAML: an alias is undefined'],
    ['n.yaml', 'roles:\n  - name: a\n    proxy: a: b\n', 'at line 3, column'],
  ])('%s that cannot be read is refused', async (name, text, sentence) => {
    await expect(loadConfig(write(name, text))).rejects.toThrow(sentence);
  });

  it.each([
    [
      'o.yaml',
      'roles:\n  - name: a\n    proxy: "http://user:hunter2@proxy.example:3128\n    hosts: public\n',
    ],
    [
      'p.yaml',
      'roles:\n  - name: a\n    proxy: http://user:hunter2@proxy.example: 3128\n    hosts: public\n',
    ],
    ['q.json', '{"roles":[{"name":"a","proxy":"http://user:hunter2@p:1" "hosts":[]}]}'],
    ['r.json', 'hunter2'],
    ['s.yaml', 'roles: *hunter2\n'],
  ])('%s shows nothing of its passwords', async (name, text) => {
    const error: Error = await loadConfig(write(name, text)).then(
      () => new Error('accepted'),
      (reason) => reason,
    );
    expect(error.message).toContain('The file is no');
    expect(error.message).not.toContain('hunter2');
  });

  it('may have one key in several groups, and signs of groups in a text', async () => {
    const path = write(
      't.json',
      JSON.stringify({ roles: [{ ...role, name: 'a' }], log: { file: '{"}:\\' } }),
    );
    expect((await loadConfig(path)).roles).toHaveLength(1);
  });

  it('that is missing is refused', async () => {
    await expect(loadConfig(join(folder, 'nowhere.yaml'))).rejects.toThrow('cannot be read: ENOENT');
  });

  it('says which package reads YAML, where it is missing', async () => {
    vi.doMock('yaml', () => {
      throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    });
    vi.resetModules();
    const { loadConfig: load } = await import('./load-config.ts');
    await expect(load(write('f.yaml', 'roles: []'))).rejects.toMatchObject({ code: 'gateway/yaml-missing' });
    vi.doUnmock('yaml');
  });
});
