import { type Kind, kindOf } from './kind-of.ts';
import { isNear } from './near.ts';

/** What a command loads without TLS, and where its URL is in the text. */
export interface Load {
  readonly what: Kind | 'index' | 'key' | 'trusted';
  readonly at: number;
  readonly end: number;
}

const plain = /(?:(?:git|hg|svn|bzr)\+)?(?:http|git):\/\/[^\s"'`<>()|;\\]{1,1000}/g;
const maxUrls = 50;
/** How many characters around a URL are searched for its command. */
const near = 400;

/**
 * Returns what a command line loads without TLS: `curl http://host/install.sh | sh`, `pip install --index-url http://host/simple
 * tool`.
 */
export function shellLoads(line: string): Load[] {
  const found: Load[] = trustedHosts(line);
  let left = maxUrls;
  for (const { 0: url, index: at } of line.matchAll(plain)) {
    if (left-- <= 0) break;
    const what = isOfNobody(url) ? undefined : whatOf(line, at, url);
    if (what) found.push({ what, at, end: at + url.length });
  }
  return found;
}

const trusted = /\s--trusted-host[ =]["']?([\w.-]{1,253})/g;

/** `pip install --trusted-host pypi.org tool` doesn't verify that host's certificate. */
function trustedHosts(line: string): Load[] {
  return [...line.matchAll(trusted)].flatMap(({ 0: all, 1: host = '', index }): Load[] =>
    isNear(host) ? [] : [{ what: 'trusted', at: index + all.length - host.length, end: index + all.length }],
  );
}

/** Whether a URL's host is local or a placeholder: `http://${HOST}/tool.sh`. */
export function isOfNobody(url: string): boolean {
  const host = /^[\w+]+:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
  return host === '' || /[\0${}%<>[\]*]/.test(host) || isNear(url.replace(/^\w+\+/, ''));
}

function whatOf(line: string, at: number, url: string): Load['what'] | undefined {
  const ahead = line.slice(Math.max(0, at - near), at);
  const command = ahead.split(/&&|\|\|?|;|\n/).at(-1) ?? '';
  const rest = line.slice(at + url.length, at + url.length + near);
  const behind = rest.split(/&&|\|\||;|\n/)[0] ?? '';
  if (installs.test(command)) return isIndex.test(command) ? 'index' : 'package';
  if (/\bregistry[ =]["']?$/.test(command)) return 'index';
  if (/\brpm(?:keys)?\s[^|]*--import\s/.test(command)) return 'key';
  if (!/(?:^|[\s(`"'/])(?:curl|wget|aria2c)\b/.test(command)) return undefined;
  if (/^[^|]*\|\s*(?:sudo\s+)?(?:apt-key\s+add|gpg\s+--dearmor|rpm\s+--import)/.test(behind)) return 'key';
  if (
    /^[^|]*\|\s*(?:sudo\s+(?:-\w+\s+)*)?(?:env\s+)?(?:(?:ba|z|da|k)?sh|python[\d.]*|node|perl|ruby)\b/.test(
      behind,
    )
  )
    return 'program';
  // `bash -c "$(curl http://...)"`, `sh <(curl http://...)`
  if (
    /(?:^|\s)(?:(?:ba|z|da|k)?sh\s[^|]*|eval\s*["']?|source\s|\.\s)(?:\$|<)\(\s*(?:curl|wget)\b/.test(command)
  )
    return 'program';
  return isChecked(command, line.slice(at + url.length)) ? undefined : kindOf(url);
}

const installs =
  /\b(?:pip[\d.]*|pipx|uv|poetry|pipenv|easy_install|npm|pnpm|yarn|gem|conda|mamba)["']?\s.{0,300}\b(?:install|add|i|download|sync|wheel|update)\s/;
const isIndex = /(?:--(?:extra-)?index-url|--index|--registry|--find-links|--source|-i|-f)[ =]["']?$/;

/** Whether a hash or a signature is verified after the download, which reveals a change in transit. */
function isChecked(command: string, after: string): boolean {
  return (
    /--checksum\b/.test(command) ||
    checks.some((check) => check.test(after)) ||
    /\b(?:sha\d+|b2)sum\b[^;&]{0,300}\|\s*(?:grep|diff|cmp)\b|\$\(\s*(?:sha\d+|b2)sum\b/.test(after)
  );
}

/**
 * `gpg --verify`, `sha256sum -c`. The names alone don't count: they are also those of packages, and of commands that print a
 * hash.
 */
const checks: readonly RegExp[] = [
  /(?:[;&|(!]|\b(?:if|then|do)\b)\s*(?:sudo\s+)?gpgv\b|\bdebsig-verify\b|\bslsa-verifier\s+verify/,
  /\b(?:gpg2?|dpkg-sig)\s[^|;&]{0,300}--verify\b/,
  /\b(?:(?:sha\d+|b2)sum|shasum)\s[^|;&]{0,300}(?<=\s)(?:-\w{0,9}c\b|--check\b)/,
  /\bcosign\s+verify|\bgh\s+attestation\s+verify|\brpm\s+(?:-K|--checksig)\b/,
  /\b(?:minisign|signify)\s[^|;&]{0,300}(?<=\s)-\w{0,9}[VC]/,
  /\bopenssl\s+(?:dgst|pkeyutl|cms|smime)\s[^|;&]{0,300}-verify\b/,
];
