import { readFileSync, statSync } from 'node:fs';
import { DoctorMistake } from './doctor-mistake.ts';
import { type DoctorResult, exitCodeOf, reportJson, reportText } from './report.ts';
import { openChannel } from './url/channel.ts';
import { diagnoseUrl } from './url/diagnose-url.ts';
import { mostPaths } from './url/visit.ts';

export interface DoctorOptions {
  /** A URL or a folder. */
  readonly target: string;
  readonly format: string;
  /** Further pages. */
  readonly paths: readonly string[];
  readonly tokenFile: string | undefined;
  /** A file in PEM: the authority of the URL's certificate. */
  readonly ca: string | undefined;
}

/** @throws {DoctorMistake} if nothing can be diagnosed */
export async function runDoctor(
  { target, format, paths, tokenFile, ca }: DoctorOptions,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly text: string; readonly exitCode: 0 | 1 }> {
  const result = /^[a-z][a-z\d+.-]*:\/\//i.test(target)
    ? await ofUrl(target, paths, tokenOf(tokenFile, env), ca)
    : await ofFolder(target, paths.length > 0 || tokenFile !== undefined || ca !== undefined);
  return { text: format === 'json' ? reportJson(result) : reportText(result), exitCode: exitCodeOf(result) };
}

async function ofUrl(
  target: string,
  paths: readonly string[],
  token: string | undefined,
  ca: string | undefined,
): Promise<DoctorResult> {
  const url = readUrl(target);
  if (paths.length > mostPaths) {
    throw optionMistake(
      `--path is given ${paths.length} times.`,
      `Name at most ${mostPaths} pages, to keep the number of requests low.`,
    );
  }
  const other = paths.find((path) => !/^\/(?![/\\])/.test(path));
  if (other !== undefined) {
    throw optionMistake(
      `--path ${JSON.stringify(other)} is not a path.`,
      'Pass a path on the same site: --path /log-in',
    );
  }
  const channel = token === undefined ? undefined : await openChannel(token);
  return {
    target: `${url.origin}${url.pathname}`,
    diagnoses: await diagnoseUrl(url, {
      paths,
      channel,
      ca: ca === undefined ? undefined : readAuthority(ca),
    }),
  };
}

async function ofFolder(target: string, hasUrlOptions: boolean): Promise<DoctorResult> {
  if (hasUrlOptions) {
    throw optionMistake(
      '--path, --token-file and --ca need a URL.',
      'Pass the URL of the running application.',
    );
  }
  if (!statSync(target, { throwIfNoEntry: false })?.isDirectory()) {
    throw new DoctorMistake(
      'doctor/folder',
      `${JSON.stringify(target)} is not a folder.`,
      'A report on nothing would look like a clean result.',
      'Pass the folder with the code of the application, or a URL that begins with http:// or https://.',
    );
  }
  const { diagnoseCode } = await import('./code/diagnose-code.ts');
  return { target, diagnoses: diagnoseCode(target) };
}

function readUrl(text: string): URL {
  const isHttp = /^https?:\/\//i.test(text);
  try {
    const url = new URL(text);
    url.hash = '';
    if (isHttp && url.username === '' && url.password === '') return url;
  } catch {
    // The same mistake.
  }
  throw new DoctorMistake(
    'doctor/url',
    'The URL is not an http or https URL, or contains a user name.',
    'The doctor sends its requests only to the URL that you name.',
    'Pass the URL that browsers use, such as https://shop.example.com/.',
  );
}

function optionMistake(what: string, fix: string): DoctorMistake {
  return new DoctorMistake(
    'doctor/option',
    what,
    'An option without effect would suggest that something was checked.',
    fix,
  );
}

function tokenOf(file: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  if (file === undefined) return env['BULWARK_DOCTOR_TOKEN'] || undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new DoctorMistake(
      'doctor/token',
      `The token file can't be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}.`,
      'Without the token, the doctor cannot ask the application what it sees.',
      'Name a file that contains only the token, or set BULWARK_DOCTOR_TOKEN.',
    );
  }
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw optionMistake(
      `The file of --ca can't be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}.`,
      'Name a PEM file with the CA certificate for the URL.',
    );
  }
}
