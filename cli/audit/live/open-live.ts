import { readFileSync } from 'node:fs';
import { parseHost, parseTarget } from '../../target/gate/parse-target.ts';
import { parseDestination } from '../../target/host/probe-host.ts';
import { TargetMistake } from '../../target/target-mistake.ts';
import { AuditMistake } from '../audit-mistake.ts';
import type { HostView } from './host.ts';
import { lookAtHost } from './look-at-host.ts';
import { type LookOptions, lookAtSite, mostPages } from './look-at-site.ts';
import type { Site } from './site.ts';

/** What the options of the command ask for. */
export interface LiveOptions {
  readonly urls: readonly string[];
  readonly allowHosts: readonly string[];
  /** A file in PEM. */
  readonly ca?: string | undefined;
  readonly browser?: boolean | undefined;
  /** A page with a form. */
  readonly loginProbe?: string | undefined;
  readonly loginUser?: string | undefined;
  readonly hostProbe?: boolean | undefined;
  readonly probeAddresses: readonly string[];
}

export interface LiveViews {
  readonly site?: Site;
  readonly host?: HostView;
}

const mostAddresses = 10;

/**
 * Looks at what the options name. Without any, nothing is opened.
 *
 * @throws {AuditMistake} `audit/url` for what may not be looked at, `audit/option` for options that have no effect
 */
export async function openLive(options: LiveOptions, version: string): Promise<LiveViews> {
  try {
    // All options are read before anything is sent.
    const [lookSite, lookHost] = [siteOf(options, version), hostOf(options)];
    const [site, host] = [await lookSite?.(), await lookHost?.()];
    return { ...(site && { site }), ...(host && { host }) };
  } catch (error) {
    if (error instanceof TargetMistake)
      throw new AuditMistake('audit/url', error.message, error.why, error.fix);
    throw error;
  }
}

function siteOf(options: LiveOptions, version: string): (() => Promise<Site>) | undefined {
  const { urls, allowHosts, ca, browser, loginProbe, loginUser } = options;
  const [first, ...rest] = urls.map(parseTarget);
  if (first === undefined) {
    for (const [name, isGiven] of [
      ['--allow-host', allowHosts.length > 0],
      ['--ca', ca !== undefined],
      ['--browser', browser === true],
      ['--login-probe', loginProbe !== undefined],
      ['--login-user', loginUser !== undefined],
    ] as const)
      if (isGiven) throw withoutEffect(name, '--url');
    return undefined;
  }
  const logIn = logInOf(options);
  if (urls.length > mostPages) {
    throw new AuditMistake(
      'audit/option',
      `--url is given ${urls.length} times.`,
      'The number of requests to a site is limited.',
      `Name at most ${mostPages} pages.`,
    );
  }
  const look: LookOptions = {
    ...{ urls: [first, ...rest], allowHosts: allowHosts.map(parseHost), version, browser, logIn },
    ca: ca === undefined ? undefined : readAuthority(ca),
  };
  return () => lookAtSite(look);
}

function logInOf({ loginProbe, loginUser }: LiveOptions): LookOptions['logIn'] {
  if (loginProbe === undefined) {
    if (loginUser !== undefined) throw withoutEffect('--login-user', '--login-probe');
    return undefined;
  }
  if (loginUser === undefined || loginUser.trim() === '') {
    throw new AuditMistake(
      'audit/option',
      '--login-probe needs --login-user.',
      'Wrong passwords are tried for one user, who may be locked by it. Users are never guessed.',
      'Make a user for this test alone, and name it: --login-user audit-probe',
    );
  }
  return { url: parseTarget(loginProbe), user: loginUser };
}

function hostOf({ hostProbe, probeAddresses }: LiveOptions): (() => Promise<HostView>) | undefined {
  if (!hostProbe) {
    if (probeAddresses.length > 0) throw withoutEffect('--probe-address', '--host-probe');
    return undefined;
  }
  if (probeAddresses.length > mostAddresses) {
    throw new AuditMistake(
      'audit/option',
      `--probe-address is given ${probeAddresses.length} times.`,
      'Networks are not swept.',
      `Name at most ${mostAddresses} addresses.`,
    );
  }
  const destinations = probeAddresses.map(parseDestination);
  return () => lookAtHost(destinations);
}

function withoutEffect(name: string, needed: string): AuditMistake {
  return new AuditMistake(
    'audit/option',
    `${name} needs ${needed}.`,
    'An option without effect would suggest that something was checked.',
    `Add ${needed}, or leave out ${name}.`,
  );
}

function readAuthority(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  } catch {
    // The mistake below says it.
  }
  throw new AuditMistake(
    'audit/option',
    `--ca ${JSON.stringify(file)} is not a readable file with a certificate in PEM.`,
    'With it, a certificate of your own authority is not taken for one of an unknown issuer.',
    'Name the file of the authority that issued the certificate of the site.',
  );
}
