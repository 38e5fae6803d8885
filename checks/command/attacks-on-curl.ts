import { hookIn, write } from './attacks-files.ts';
import { type Attack, type Box, by, file } from './attacks-kind.ts';

const here = (box: Box) => `127.0.0.1:${box.port}`;

const urls: readonly (readonly [string, (box: Box) => string])[] = [
  ['file: reads any file', (box) => `file://${box.secret}`],
  ['FILE: in other letters', (box) => `FILE://${box.secret}`],
  ['file: with a host', (box) => `file://localhost${box.secret}`],
  ['file: with one slash', (box) => `file:${box.secret}`],
  ['a list in braces, curl(1) globbing', (box) => `{file://${box.secret},https://example.com}`],
  ['a range', (box) => `file://${box.secret.replace('secret', '[s-s]ecret')}`],
  ['the own network, CWE-918', (box) => `http://${here(box)}/`],
  ['without a scheme', (box) => here(box)],
  ['over TLS', (box) => `https://${here(box)}/`],
  ['gopher: writes any bytes', (box) => `gopher://${here(box)}/_SET%20a%20b`],
  ['dict:', (box) => `dict://${here(box)}/d:a`],
  ['ftp:', (box) => `ftp://${here(box)}/x`],
  ['ftps:', (box) => `ftps://${here(box)}/x`],
  ['telnet:', (box) => `telnet://${here(box)}`],
  ['ldap:', (box) => `ldap://${here(box)}/x`],
  ['smtp:', (box) => `smtp://${here(box)}/x`],
  ['imap:', (box) => `imap://${here(box)}/x`],
  ['pop3:', (box) => `pop3://${here(box)}/x`],
  ['mqtt:', (box) => `mqtt://${here(box)}/x`],
  ['rtsp:', (box) => `rtsp://${here(box)}/x`],
  ['ws:', (box) => `ws://${here(box)}/x`],
  ['smb:', (box) => `smb://u:p@${here(box)}/x/y`],
  ['sftp:', (box) => `sftp://${here(box)}/x`],
  ['rtmp:', (box) => `rtmp://${here(box)}/x/y`],
  ['a user before the host', (box) => `http://api.example.com@${here(box)}/`],
  ['an address as a number', (box) => `http://2130706433:${box.port}/`],
  ['an address in hexadecimal', (box) => `http://0x7f000001:${box.port}/`],
  ['localhost', (box) => `http://localhost:${box.port}/`],
  ['zeros', (box) => `http://0:${box.port}/`],
];

const options: readonly (readonly [string, (box: Box) => readonly string[]])[] = [
  ['-K reads options from a file', (box) => ['-K', `${box.work}/options`]],
  ['-K in one word', (box) => [`-K${box.work}/options`]],
  ['--config', (box) => ['--config', `${box.work}/options`]],
  ['-o writes any file', (box) => ['-o', box.canary]],
  ['-o in one word', (box) => [`-o${box.canary}`]],
  ['--output', (box) => [`--output`, box.canary]],
  ['-T sends any file', (box) => ['-T', box.secret]],
  ['-d @file sends any file', (box) => ['-d', `@${box.secret}`]],
  ['--data-binary @file', (box) => ['--data-binary', `@${box.secret}`]],
  ['--json @file', (box) => ['--json', `@${box.secret}`]],
  ['-F sends any file', (box) => ['-F', `a=@${box.secret}`]],
  ['-F with < ', (box) => ['-F', `a=<${box.secret}`]],
  ['--data-urlencode name@file', (box) => ['--data-urlencode', `a@${box.secret}`]],
  ['--url-query @file', (box) => ['--url-query', `@${box.secret}`]],
  ['-H @file', (box) => ['-H', `@${box.work}/headers`]],
  ['-b reads any file', (box) => ['-b', `${box.work}/headers`, '-v']],
  ['-c writes any file', (box) => ['-c', box.canary]],
  ['-D writes any file', (box) => ['-D', box.canary]],
  ['--trace', (box) => ['--trace', box.canary]],
  ['--trace-ascii', (box) => ['--trace-ascii', box.canary]],
  ['--libcurl', (box) => ['--libcurl', box.canary]],
  ['--stderr', (box) => ['-v', '--stderr', box.canary]],
  ['-w with %output', (box) => ['-w', `%output{${box.canary}}x`]],
  ['-w @file', (box) => ['-w', `@${box.secret}`]],
  ['--hsts', (box) => ['--hsts', box.canary]],
  ['--etag-save', (box) => ['--etag-save', box.canary]],
  ['-x another proxy', (box) => ['-x', `http://${here(box)}`]],
  ['--preproxy', (box) => ['--preproxy', `socks4://${here(box)}`]],
  ['--next and another URL', (box) => ['--next', `file://${box.secret}`]],
  ['--url and another URL', (box) => ['--url', `file://${box.secret}`]],
  ['--proto-default', (box) => ['--proto-default', 'file', box.secret]],
  ['--connect-to', (box) => ['--connect-to', `::${here(box)}`]],
  ['--resolve', (box) => ['--resolve', `example.com:80:127.0.0.1`, `http://example.com:${box.port}`]],
  ['--doh-url', (box) => ['--doh-url', `https://${here(box)}`]],
];

function files(box: Box): void {
  write(box, 'options', `output = ${box.canary}\nurl = "file://${box.secret}"\n`);
  write(box, 'headers', 'X-Key: TOP-SECRET-7c1f\n');
}

const ssh: readonly (readonly [string, (box: Box) => readonly string[]])[] = [
  [
    '-oProxyCommand runs a program, CVE-2023-51385 is of this kind',
    (box) => [`-oProxyCommand=touch ${box.canary}`, 'x'],
  ],
  ['the same as two words', (box) => ['-o', `ProxyCommand=touch ${box.canary}`, 'x']],
  ['-F reads settings', (box) => ['-F', `${box.work}/config`, 'x']],
  [
    'KnownHostsCommand',
    (box) => [`-oKnownHostsCommand=/usr/bin/touch ${box.canary}`, `-p${box.port}`, '127.0.0.1'],
  ],
  ['Match exec', (box) => [`-F${box.work}/config`, 'x']],
  ['-E writes a log', (box) => ['-E', box.canary, '-v', 'localhost']],
  ['any host', (box) => [`-p${box.port}`, '127.0.0.1']],
  ['a URL', (box) => [`ssh://127.0.0.1:${box.port}`]],
  ['-J another host', (box) => ['-J', `127.0.0.1:${box.port}`, 'x']],
  ['-I loads a library', (box) => ['-I', `${box.work}/none.so`, `-p${box.port}`, '127.0.0.1']],
];

export const networkAttacks: readonly Attack[] = [
  ...urls.map(([because, url]) => by('curl', because)`-s -S -m 2 ${url}`),
  ...options.map(
    ([because, values]) =>
      by('curl', because, {
        prepare: files,
      })`-s -m 2 ${values} ${(box) => `http://127.0.0.1:${box.port}/`}`,
  ),
  by('curl', 'a file to send that is an option', {
    prepare: files,
  })`-s -m 2 -T ${(box) => box.secret} ${(box) => `http://${here(box)}/`}`,
  by(
    'curl',
    'data that is a file',
  )`-s -m 2 -d ${(box) => `@${box.secret}`} ${(box) => `http://${here(box)}/`}`,
  by(
    'curl',
    'the name behind = of a form',
  )`-s -m 2 -F a=${(box) => `@${box.secret}`} ${(box) => `http://${here(box)}/`}`,
  by('curl', 'the path of a URL that ends its host')`-s -m 2 http:/${(box) => `/${here(box)}/`}`,
  ...ssh.map(
    ([because, values]) =>
      by('ssh', because, {
        prepare: (box) => {
          write(
            box,
            'config',
            `Match exec "touch ${box.canary}"\nHost *\n  ProxyCommand touch ${box.canary}\n`,
          );
          hookIn(box.work, 'run', box);
        },
      })`-o BatchMode=yes -o ConnectTimeout=2 ${values} ${'true'}`,
  ),
  by('ssh', 'a host with a dash before it')`${(box) => `-oProxyCommand=touch ${box.canary}`} ${'x'}`,
  by(
    'rsync',
    'a key of ssh is a program',
  )`-r ${file('a.txt')} ${(box) => `-essh -oProxyCommand="touch ${box.canary}"`} x:y`,
];
