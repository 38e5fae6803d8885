import { textAt, type Values } from '../kit/values.ts';

/** What the key of an entry of pnpm says. */
export interface PnpmKey {
  /** Without the peers that it is installed with. */
  readonly id: string;
  readonly name: string;
  readonly version?: string;
  /** Where it comes from, if that is not a registry. */
  readonly location?: string;
}

/** `a@1.0.0(b@2.0.0)`, before 9.0 `/a@1.0.0(b@2.0.0)`, before 6.0 `/a/1.0.0_b@2.0.0`. */
export function readPnpmKey(key: string, major: number, entry: Values): PnpmKey {
  const bare = withoutPeers(key, major);
  const [name, version] = major >= 6 ? atSign(bare.replace(/^\//, '')) : slash(bare);
  const own = textAt(entry, 'name');
  const ownVersion = textAt(entry, 'version');
  const isRegistry =
    version !== undefined &&
    /^v?\d+\.\d+\.\d+(?:[-+].*)?$/.test(version) &&
    (major >= 9 || bare.startsWith('/'));
  if (isRegistry) return { id: `${name}@${version}`, name, version };
  return {
    id: bare,
    name: own ?? (version === undefined ? bare : name),
    ...(ownVersion === undefined ? {} : { version: ownVersion }),
    location: version ?? bare,
  };
}

export function withoutPeers(key: string, major: number): string {
  if (major >= 6) {
    const peers = key.indexOf('(');
    return peers > 0 ? key.slice(0, peers) : key;
  }
  // A name may hold `_`, but a version does not.
  return /^(\/(?:@[^/]+\/)?[^/]+\/[^_/]+)_/.exec(key)?.[1] ?? key;
}

function atSign(key: string): [string, string | undefined] {
  const end = key.indexOf('@', 1);
  return end < 0 ? [key, undefined] : [key.slice(0, end), key.slice(end + 1)];
}

function slash(key: string): [string, string | undefined] {
  const [, name, version] = /^\/((?:@[^/]+\/)?[^/]+)\/([^/]+)$/.exec(key) ?? [];
  return name === undefined ? [key, undefined] : [name, version];
}
