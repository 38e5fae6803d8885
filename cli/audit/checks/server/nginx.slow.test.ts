import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, makeCertificate } from '../../../../checks/machine/certificate.ts';
import { missing } from '../../../../checks/machine/missing.ts';
import { findProgram } from '../../../../checks/machine/program.ts';
import { type Running, startServer } from '../../../../checks/machine/server.ts';
import { createFolder, type Folder } from '../../../scan/testing/folder.ts';
import type { Check } from '../../check/check.ts';
import { runCheck } from '../../check/run-check.ts';
import { openSubject } from '../../subject/open-subject.ts';
import { worst } from '../../verdict.ts';
import { check as hsts } from './nginx-hsts/check.ts';
import { check as listing } from './nginx-listing/check.ts';
import { check as redirect } from './nginx-redirect/check.ts';
import { check as tokens } from './nginx-tokens/check.ts';

const reason = missing('nginx');

/** What stands in `http`. `WWW` is a folder with `index.html`, `a/b.txt` and `a/app.js`. */
const configurations: Readonly<Record<string, string>> = {
  everywhere: `
    add_header Strict-Transport-Security "max-age=31536000" always;
    server_tokens off;
    server { listen 80; return 301 https://$host$request_uri; }
    server { listen 443 ssl; root WWW; location /a/ { expires 1h; } }`,
  lost: `
    add_header Strict-Transport-Security "max-age=31536000" always;
    server { listen 80; root WWW; }
    server { listen 443 ssl; root WWW; location /a/ { add_header Cache-Control public; autoindex on; } }`,
  repeated: `
    server_tokens off;
    server { listen 80; location / { return 308 https://$host$request_uri; } location /.well-known/acme-challenge/ { root WWW; } }
    server {
      listen 443 ssl;
      root WWW;
      add_header Strict-Transport-Security "max-age=31536000" always;
      location /a/ {
        add_header Cache-Control public;
        add_header Strict-Transport-Security "max-age=31536000" always;
      }
    }`,
  notOnErrors: `
    server_tokens build;
    server { listen 80; if ($scheme = http) { return 301 https://$host$request_uri; } root WWW; }
    server { listen 443 ssl; root WWW; add_header Strict-Transport-Security "max-age=31536000"; autoindex off; }`,
  none: `
    server_tokens off;
    server { listen 80; location / { return 301 https://$host$request_uri; } location /a/ { root WWW; } }
    server { listen 443 ssl; root WWW; autoindex on; }`,
  emptied: `
    server_tokens off;
    add_header Strict-Transport-Security "max-age=31536000" always;
    server { listen 80; if ($host = other.example) { return 301 https://$host$request_uri; } return 404; }
    server { listen 443 ssl; root WWW; location /a/ { add_header Strict-Transport-Security ""; } }`,
};

describe.skipIf(reason)(`beside a real nginx${reason ? `: ${reason}` : ''}`, () => {
  describe.each(Object.entries(configurations))('%s', (_name, http) => {
    let certificate: Certificate;
    let project: Folder;
    let nginx: Running;
    let sockets = '';

    beforeAll(async () => {
      certificate = makeCertificate(['localhost']);
      project = createFolder({
        'nginx.conf': `events {}\nhttp {${http}\n}\n`,
        'www/index.html': 'index',
        'www/a/b.txt': 'b',
        'www/a/app.js': 'app',
      });
      nginx = await startServer({
        name: 'nginx',
        account: undefined,
        ready: /using the "\w+" event method/,
        stopSignal: 'SIGTERM',
        async prepare(folder) {
          const command = findProgram('nginx') ?? 'nginx';
          const key = join(folder, 'key.pem');
          writeFileSync(key, certificate.key);
          mkdirSync(join(folder, 'run'));
          sockets = join(folder, 'run');
          const file = join(folder, 'nginx.conf');
          writeFileSync(file, runnable(http, folder, project.path, certificate.file, key));
          execFileSync(command, ['-t', '-p', folder, '-e', 'stderr', '-c', file], { stdio: 'pipe' });
          return { command, args: ['-p', folder, '-e', 'stderr', '-c', file] };
        },
      });
    });
    afterAll(async () => {
      await nginx?.stop();
      project.remove();
      certificate.remove();
    });

    const secure = (path: string): Promise<Answer> => get(join(sockets, 'tls.sock'), path, true);
    const plain = (path: string): Promise<Answer> => get(join(sockets, 'http.sock'), path, false);
    const verdict = async (check: Check): Promise<string> =>
      worst(
        (await runCheck(check, openSubject(project.path, { today: '2026-12-01' }))).map((one) => one.verdict),
      );

    it('sends Strict-Transport-Security always if the check passes, and not always if it fails', async () => {
      const answers = [
        await secure('/'),
        await secure('/a/b.txt'),
        await secure('/none'),
        await secure('/a/none'),
      ];
      const isAlways = answers.every(({ headers }) =>
        /^max-age=31536000/.test(headers['strict-transport-security'] ?? ''),
      );
      expect(await verdict(hsts)).toBe(isAlways ? 'pass' : 'fail');
    });

    it('redirects if the check passes, and answers content if it fails', async () => {
      const answers = [await plain('/'), await plain('/a/b.txt'), await plain('/none')];
      const isContent = answers.some(({ status }) => status === 200);
      expect(await verdict(redirect)).toBe(isContent ? 'fail' : 'pass');
      if (!isContent) {
        for (const { status, headers } of answers)
          expect([status, headers['location']?.startsWith('https://') ?? false]).toEqual(
            status === 404 ? [404, false] : [status, true],
          );
      }
    });

    it('hides its version if the check passes, and sends it if it fails', async () => {
      const server = (await secure('/')).headers['server'] ?? '';
      expect(await verdict(tokens)).toBe(/\d/.test(server) ? 'fail' : 'pass');
    });

    it('lists folders if the check fails, and none if it passes', async () => {
      const { status, body } = await secure('/a/');
      expect(await verdict(listing)).toBe(status === 200 && body.includes('app.js') ? 'fail' : 'pass');
    });
  });
});

/** The same configuration on sockets in a folder. */
function runnable(http: string, folder: string, project: string, certificate: string, key: string): string {
  const text = http
    .replaceAll('listen 80;', `listen unix:${folder}/run/http.sock;`)
    .replaceAll('listen 443 ssl;', `listen unix:${folder}/run/tls.sock ssl;`)
    .replaceAll('WWW', `${project}/www`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ssl_certificate ${certificate};
  ssl_certificate_key ${key};
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  ${text}
}
`;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

function get(socketPath: string, path: string, isSecure: boolean): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      socketPath,
      path,
      headers: { host: 'shop.example' },
      rejectUnauthorized: false,
      agent: false as const,
    };
    const sent = (isSecure ? request : plainRequest)(options, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString('utf8');
      });
      response.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
        );
        resolve({ status: response.statusCode ?? 0, headers, body });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
