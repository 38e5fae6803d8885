import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Certificates for tests, made by the program openssl. */
export interface CertificateMaker {
  /** The authority of all that are made without `by`, in PEM. */
  readonly ca: string;
  make(options?: CertificateOptions): KeyPair;
  remove(): void;
}

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateOptions {
  /** `127.0.0.1` and `localhost` if they are left out; without alternative names if empty. */
  readonly hosts?: readonly string[];
  /** Days from now: `[-10, -1]` has expired. */
  readonly days?: readonly [from: number, to: number];
  /** `rsa:1024`; EC with P-256 if it is left out. */
  readonly key?: string;
  /** `sha1` */
  readonly digest?: string;
  /** Signed with its own key, by an authority that nobody knows, or by one between, which the server sends along or doesn't. */
  readonly by?: 'itself' | 'unknown' | 'intermediate' | 'expired-intermediate' | 'missing-intermediate';
  readonly extensions?: readonly string[];
}

export function createCertificateMaker(): CertificateMaker {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-certificates-'));
  const inFolder = (name: string): string => join(folder, name);
  const read = (name: string): string => readFileSync(inFolder(name), 'utf8');
  const openssl = (
    name: string,
    subject: string,
    signer: string | undefined,
    options: CertificateOptions,
    ca: boolean,
  ): void => {
    const {
      days = [-1, 90],
      key = 'ec',
      digest = 'sha256',
      hosts = ['127.0.0.1', 'localhost'],
      extensions = [],
    } = options;
    const names = hosts.map((host) => `${isIP(host) ? 'IP' : 'DNS'}:${host}`).join(',');
    const added = [
      ca ? 'basicConstraints=critical,CA:TRUE' : 'basicConstraints=CA:FALSE',
      ...(ca || hosts.length === 0 ? [] : [`subjectAltName=${names}`]),
      ...extensions,
    ];
    const args = [
      ...[
        'req',
        '-x509',
        '-nodes',
        '-newkey',
        key,
        ...(key === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:prime256v1'] : []),
      ],
      ...[
        `-${digest}`,
        '-subj',
        `/CN=${subject}`,
        '-not_before',
        dateIn(days[0]),
        '-not_after',
        dateIn(days[1]),
      ],
      ...added.flatMap((extension) => ['-addext', extension]),
      ...(signer === undefined
        ? []
        : ['-CA', inFolder(`${signer}.pem`), '-CAkey', inFolder(`${signer}.key`)]),
      ...['-keyout', inFolder(`${name}.key`), '-out', inFolder(`${name}.pem`)],
    ];
    execFileSync('openssl', args, { stdio: 'pipe', timeout: 30_000 });
  };
  openssl('root', 'Test Root', undefined, {}, true);
  let count = 0;
  return {
    ca: read('root.pem'),
    make(options = {}) {
      const { by } = options;
      const name = `leaf-${count++}`;
      if (by === 'unknown') openssl(`${name}-ca`, 'Unknown Root', undefined, {}, true);
      if (by?.endsWith('intermediate'))
        openssl(
          `${name}-ca`,
          'Test Intermediate',
          'root',
          by === 'expired-intermediate' ? { days: [-9, -1] } : {},
          true,
        );
      const signer = by === undefined ? 'root' : by === 'itself' ? undefined : `${name}-ca`;
      openssl(name, options.hosts?.[0] ?? 'localhost', signer, options, false);
      const isSent = by === 'intermediate' || by === 'expired-intermediate';
      return {
        key: read(`${name}.key`),
        cert: `${read(`${name}.pem`)}${isSent ? read(`${name}-ca.pem`) : ''}`,
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** As openssl writes it: `20270131120000Z`. */
function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, '');
}
