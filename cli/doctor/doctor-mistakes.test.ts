import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createFolder } from '../scan/testing/folder.ts';
import { bare, type Given, run, servers } from './testing/run-on-server.ts';

describe('a mistake', () => {
  const mistakeOf = (target: string, given?: Given): Promise<unknown> =>
    run(target, given).then(
      () => 'none',
      ({ code }: { code: unknown }) => code,
    );

  it('has its own code', async () => {
    const url = await bare((_req, res) => void res.end());
    expect(await mistakeOf('ftp://a.example/')).toBe('doctor/url');
    expect(await mistakeOf('http://user:secret@127.0.0.1/')).toBe('doctor/url');
    expect(await mistakeOf('http://[')).toBe('doctor/url');
    expect(await mistakeOf('/no/such/folder')).toBe('doctor/folder');
    expect(await mistakeOf('.', { paths: ['/a'] })).toBe('doctor/option');
    for (const path of ['a', '//evil.example/', '/\\evil.example/', 'http://evil.example/']) {
      expect(await mistakeOf(url, { paths: [path] }), path).toBe('doctor/option');
    }
    expect(await mistakeOf(url, { paths: ['/1', '/2', '/3', '/4', '/5', '/6'] })).toBe('doctor/option');
    expect(await mistakeOf(url, { ca: '/no/such/file' })).toBe('doctor/option');
    expect(await mistakeOf(url, { tokenFile: '/no/such/file' })).toBe('doctor/token');
    for (const token of [
      'x',
      '1.short',
      '99999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      '1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    ]) {
      expect(await mistakeOf(url, { token }), token).toBe('doctor/token');
    }
  });

  it('about a server that does not answer names the server, and nothing that it sent', async () => {
    const silent = createTcpServer((socket) => void socket.end('SECRET\r\n\r\n'));
    servers.push(silent.listen(0, '127.0.0.1'));
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as AddressInfo;
    await expect(run(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'doctor/connect' });
    await expect(run(`http://127.0.0.1:${port}/`)).rejects.not.toThrow(/SECRET/);
    await expect(run('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'doctor/connect' });
  });

  it('about a port that is not the channel is doctor/token', async () => {
    const url = await bare((_req, res) => void res.end('{"key":5}'));
    const token = `${new URL(url).port}.${'A'.repeat(32)}`;
    expect(await mistakeOf(url, { token })).toBe('doctor/token');
  });
});

describe('a folder', () => {
  it('is read, and nothing in it is run', async () => {
    const folder = createFolder({ '.git/HEAD': '' });
    writeFileSync(`${folder.path}/app.js`, `import { bulwark } from 'bulwark/express'; process.exit(3);`);
    const { by, exitCode } = await run(folder.path);
    folder.remove();
    expect(by.get('code/setup')?.verdict).toBe('wrong');
    expect(exitCode).toBe(1);
  });
});
