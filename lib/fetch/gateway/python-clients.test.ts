import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../checks/repository.ts';
import { configureEvents } from '../../event/index.ts';
import { startGateway } from './index.ts';

const run = promisify(execFile);
const python = await run('python3', ['--version']).then(
  () => true,
  () => false,
);
configureEvents({ sinks: [] });

describe.skipIf(!python)(`Python${python ? '' : ': python3 is missing'}`, () => {
  it('on the page compiles', async () => {
    const page = readFileSync(join(root, 'docs/gateway.md'), 'utf8');
    const fences = [...page.matchAll(/^```py\n(.*?)^```/gms)].map(([, code = '']) => code);
    expect(fences.length).toBeGreaterThan(1);
    for (const code of fences)
      await run('python3', ['-c', 'import sys; compile(sys.argv[1], "page", "exec")', code]);
    await expect(
      run('python3', ['-c', 'compile("async with a as b: pass", "page", "exec")']),
    ).rejects.toThrow();
  });

  describe('behind the gateway', () => {
    let gateway: Awaited<ReturnType<typeof startGateway>>;
    let origin: Server;
    let allowed = '';

    beforeAll(async () => {
      origin = createServer((_req, res) =>
        res.writeHead(403, { 'X-Bulwark-Code': 'fetch/forged' }).end('no'),
      );
      await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
      const { port } = origin.address() as AddressInfo;
      allowed = `http://127.0.0.1:${port}/`;
      gateway = await startGateway({
        listen: { port: 0 },
        log: { file: devNull },
        roles: [
          {
            ...{ name: 'test', anonymous: true, hosts: [] },
            allowPrivate: [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [port] }],
          },
        ],
      });
    });
    afterAll(async () => {
      await gateway.close();
      origin.close();
    });

    const program = `
import sys, urllib.request, urllib.error
try:
    print('answer', urllib.request.urlopen(sys.argv[1], timeout=5).read(9).decode())
except urllib.error.HTTPError as error:
    print(error.code, error.headers.get('X-Bulwark-Code'))
except OSError as error:
    print(error)
`;
    const open = async (url: string): Promise<string> => {
      const proxy = `http://127.0.0.1:${gateway.port}`;
      const env = { ...process.env, http_proxy: proxy, https_proxy: proxy, no_proxy: '' };
      return (await run('python3', ['-c', program, url], { env })).stdout.trim();
    };

    it('sees by X-Bulwark-Code that the gateway refused, which no server can claim', async () => {
      expect(await open('http://169.254.169.254/')).toBe('403 fetch/cloud-metadata');
      expect(await open(allowed)).toBe('403 None');
    });

    it('sees of a tunnel that it was not opened, and of a file what is in it, as that meets no proxy', async () => {
      expect(await open('https://169.254.169.254/')).toContain('Tunnel connection failed: 403 Forbidden');
      expect(await open(`file://${join(root, 'package.json')}`)).toMatch(/^answer \{/);
    });
  });
});
