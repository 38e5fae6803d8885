/**
 * Looks at how files of the deployment start uvicorn and gunicorn, which name themselves in the header `Server`. nginx and other servers in
 * front replace it.
 *
 * ## Why
 * The name of the software tells an attacker which known vulnerabilities to try.
 *
 * ## Passes
 * Every start of uvicorn has `--no-server-header`.
 *
 * ## Fails
 * uvicorn is started without it, or gunicorn is, which always names itself; and no server in front replaces the header.
 *
 * ## Unknown
 * A variable of the environment or a header of the command line sets it, or a file of the project may give gunicorn another name.
 *
 * ## How to fix
 * ```sh
 * uvicorn shop.main:app --no-server-header
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { absent, type Evidence, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { fileWith } from '../../../python/app/extension.ts';
import { startLines } from '../../../python/app/python-starts.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Start uvicorn with `--no-server-header`, or put a server in front of gunicorn that replaces the header.';

export const check: Check = {
  id: 'python/server-header',
  aspect: 'server/tokens',
  title: 'The server that runs Python does not name itself.',
  why: 'The name of the software tells an attacker which known vulnerabilities to try.',
  severity: 'low',
  cwe: [200],
  asvs: ['13.4.6'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const started = startLines(subject).filter(({ text }) => /\b(uvicorn|gunicorn)\b/.test(text));
  const renamed = fileWith(subject, /\bSERVER(_SOFTWARE)?\s*=|['"]SERVER(_SOFTWARE)?['"]/);
  return [...new Map(started.map((one) => [one.path, one])).values()].map((one) =>
    judge(one, subject.read(one.path) ?? '', renamed),
  );
}

/** A command may go on in the lines below. */
function judge(line: Evidence, file: string, renamed: string | undefined): Outcome {
  if (renamed !== undefined && /\bgunicorn\b/.test(line.text)) {
    const summary = `gunicorn names itself in the header Server, unless ${renamed} gives it another name.`;
    return { ...unknown(summary, fix, [line, { path: renamed, text: 'SERVER' }]), absent: 'perhaps' };
  }
  if (/\bgunicorn\b/.test(line.text))
    return absent('gunicorn names itself in the header Server.', [line], fix);
  if (/UVICORN_\w|--header\b|--server-header\b/.test(file)) {
    const summary = 'Whether uvicorn names itself is set by a variable or an option that was not understood.';
    return { ...unknown(summary, fix, [line]), absent: 'perhaps' };
  }
  const isOff = file.split('\n').some((one) => !/^\s*#/.test(one) && one.includes('--no-server-header'));
  return isOff
    ? pass('uvicorn sends no header Server.', [line])
    : absent('uvicorn names itself in the header Server.', [line], fix);
}
