import { Misuse } from '../../refusal/misuse.ts';
import type { ValueKind } from './value-kind.ts';

export interface RemoteOptions {
  /** The hosts that an untrusted URL may name: `['github.com']`, `['*.example.com']`. None by default. */
  readonly hosts?: readonly string[];
  /**
   * Lets an untrusted URL name any host. The program then also connects to addresses in your own network, and follows no policy of
   * `bulwark/fetch`.
   */
  readonly allowAnyHost?: boolean;
  /** Also allows `http:`, which anybody on the path can read and change. */
  readonly allowHttp?: boolean;
}

export const remoteOptionNames: readonly (keyof RemoteOptions)[] = ['hosts', 'allowAnyHost', 'allowHttp'];

/** An https URL without a user, whose host is listed. */
export function remoteUrl(options: RemoteOptions): ValueKind {
  const hosts = readHosts(options.hosts ?? []);
  const schemes = options.allowHttp === true ? ['https:', 'http:'] : ['https:'];
  return {
    name: 'an https URL of a listed host',
    paths: false,
    reject: (value) => {
      // Programs read the text, so it must already be in the URL standard's form.
      if (value.length > 2_000 || !/^[!-~]+$/.test(value) || /["'<>\\^`{|}]/.test(value))
        return 'it is not a URL';
      const url = URL.canParse(value) ? new URL(value) : undefined;
      if (!url || !schemes.includes(url.protocol) || !value.startsWith(`${url.protocol}//`)) {
        return `it is not a URL of ${schemes.join(' or ')}`;
      }
      const [name = '', port] = (value.slice(`${url.protocol}//`.length).split('/', 1)[0] ?? '').split(':');
      // No user, no brackets, no ? or # before the path: programs disagree on where the host ends there.
      if (!/^[a-z0-9][a-z0-9.-]*$/i.test(name) || (port !== undefined && !/^\d{1,5}$/.test(port))) {
        return 'its host is not written plainly';
      }
      if (name.toLowerCase() !== url.hostname) return 'its host is not a name';
      return options.allowAnyHost === true || hosts.some((host) => isHost(url.hostname, host))
        ? undefined
        : 'its host is not in `hosts`';
    },
  };
}

function isHost(name: string, pattern: string): boolean {
  return pattern.startsWith('*.')
    ? name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1
    : name === pattern;
}

function readHosts(hosts: readonly string[]): readonly string[] {
  const wrong = !Array.isArray(hosts) ? hosts : hosts.find((host) => !isPattern(host));
  if (wrong !== undefined) {
    throw new Misuse(
      'bulwark/invalid-option',
      '`hosts` is a list of names in lower case, such as "github.com" or "*.example.com".',
    );
  }
  return [...hosts];
}

function isPattern(host: unknown): boolean {
  return typeof host === 'string' && /^(?:\*\.)?[a-z0-9][a-z0-9.-]*$/.test(host);
}
