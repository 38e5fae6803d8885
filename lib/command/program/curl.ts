import { knownOptions } from '../../internal/known-options.ts';
import type { ProgramRules } from './program-rules.ts';
import { type RemoteOptions, remoteOptionNames, remoteUrl } from './remote-url.ts';
import { rulesFromTable } from './rules-from-table.ts';
import { line, matching, never, path, text, wholeNumber } from './value-kind.ts';

const reads = 'reads a file that its value names, curl(1)';
const notAFile = matching('a header', /^[A-Za-z0-9-]{1,100}: ?[^\p{Cc}]{0,4000}$/u, 'it is not one header');
const pair = matching('name=value', /^[\w.-]{1,100}=[^\0]*$/su, 'it is not name=value');

/**
 * The rules for curl 7.80 or later. Prefer `bulwark/fetch`: curl connects to any address that a listed name resolves to, even in your own network.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function curl(options: RemoteOptions = {}): ProgramRules {
  const own = knownOptions(options, remoteOptionNames);
  const url = remoteUrl(own);
  const protocols = own.allowHttp === true ? '=https,http' : '=https';
  return rulesFromTable({
    name: 'curl',
    // curl accepts -q only as the first argument; it ignores ~/.curlrc. With -g, {a,b} and [1-9] in URLs are plain text.
    fixedArgs: ['-q', '-g', '--proto', protocols, '--proto-redir', protocols, '--no-netrc'],
    options: {
      ...{
        '-o': path,
        '--output': path,
        '-T': path,
        '--upload-file': path,
        '--cacert': path,
        '--data-raw': text,
      },
      ...{
        '-m': wholeNumber,
        '--max-time': wholeNumber,
        '--connect-timeout': wholeNumber,
        '--retry': wholeNumber,
      },
      ...{
        '--max-filesize': wholeNumber,
        '-H': notAFile,
        '--header': notAFile,
        '-A': line,
        '--user-agent': line,
      },
      ...{
        '--data-urlencode': pair,
        '-e': line,
        '--referer': line,
        '-X': matching('a method', /^[A-Z]{3,7}$/, 'it is not a method'),
      },
      ...{
        '--url': url,
        '-d': never,
        '--data': never,
        '--data-ascii': never,
        '--data-binary': never,
        '--json': never,
      },
      ...{
        '-F': never,
        '--form': never,
        '-b': never,
        '--cookie': never,
        '-c': never,
        '-w': never,
        '--write-out': never,
      },
      ...{
        '-x': never,
        '--proxy': never,
        '--resolve': never,
        '--connect-to': never,
        '-E': never,
        '--key': never,
        '-u': never,
      },
      ...{
        '--form-string': pair,
        '--url-query': never,
        '-r': matching('a range', /^\d{0,15}-\d{0,15}$/, 'it is not a range'),
      },
      ...{ '-D': path, '--dump-header': path, '--request': never, '--user': never, '-C': never, '-z': never },
    },
    flags: [
      '-s',
      '-S',
      '-f',
      '-I',
      '-v',
      '-i',
      '-G',
      '--silent',
      '--fail',
      '--head',
      '--compressed',
      '--show-error',
      '-sS',
      '-fsS',
      '--get',
    ],
    operands: [url],
    forbidden: [
      { option: '-K', because: 'reads options from a file, curl(1)' },
      { option: '--config', because: 'reads options from a file, curl(1)' },
      { option: '--proto', because: 'is set already' },
      { option: '--proto-redir', because: 'is set already' },
      { option: '--proto-default', because: 'lets a URL without a scheme be one' },
      { option: '-L', because: 'follows redirects to hosts that are not listed, curl(1)' },
      { option: '--location', because: 'follows redirects to hosts that are not listed, curl(1)' },
      { option: '--location-trusted', because: 'sends the password to other hosts, curl(1)' },
      { option: '-O', because: 'lets the URL choose the name of the file, curl(1)' },
      { option: '--remote-name', because: 'lets the URL choose the name of the file, curl(1)' },
      { option: '-J', because: 'lets the server choose the name of the file, curl(1)' },
      { option: '--remote-header-name', because: 'lets the server choose the name of the file, curl(1)' },
      { option: '-n', because: 'sends passwords of ~/.netrc, curl(1)' },
      { option: '--netrc', because: 'sends passwords of ~/.netrc, curl(1)' },
      { option: '--unix-socket', because: 'connects to a local socket, curl(1)' },
      { option: '--libcurl', because: 'writes to the file that it names, curl(1)' },
      { option: '--trace', because: 'writes to the file that it names, curl(1)' },
      { option: '--trace-ascii', because: 'writes to the file that it names, curl(1)' },
      { option: '--stderr', because: 'writes to the file that it names, curl(1)' },
      { option: '-k', because: 'accepts any certificate, curl(1)' },
      { option: '--insecure', because: 'accepts any certificate, curl(1)' },
      { option: '--variable', because: reads },
      { option: '--engine', because: 'loads a library, curl(1)' },
    ],
  });
}
