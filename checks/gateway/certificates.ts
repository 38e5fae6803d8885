import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with authorities and what they signed, made by openssl. */
export interface Certificates {
  readonly folder: string;
  /** Makes `NAME.key` and `NAME.pem`, an authority. */
  authority(name: string): void;
  /** The same, signed by an authority. `san` is such as `DNS:localhost,IP:127.0.0.1`. */
  signed(by: string, name: string, subject: string, san?: string): void;
  path(file: string): string;
  remove(): void;
}

export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-ca-'));
  const run = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  return {
    folder,
    path: (file) => join(folder, file),
    authority(name) {
      // Python asks for it (RFC 5280, 4.2.1.3).
      const usage = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
      const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`, ...usage];
      run('req', '-x509', ...key, '-days', '2', '-subj', `/CN=${name}`, ...files);
    },
    signed(by, name, subject, san) {
      run('req', '-new', ...key, '-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.csr`);
      writeFileSync(
        join(folder, 'ext'),
        san === undefined ? 'basicConstraints=CA:FALSE\n' : `subjectAltName=${san}\n`,
      );
      const ca = ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial'];
      run(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        ...ca,
        '-days',
        '2',
        '-extfile',
        'ext',
        '-out',
        `${name}.pem`,
      );
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
