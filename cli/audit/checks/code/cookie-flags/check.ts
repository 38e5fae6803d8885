/**
 * Looks at cookies that the code itself sets, in Python and in JavaScript, by what the scanner finds of them (`cookie/flags`): those that
 * identify a user. What frameworks set for their sessions has checks of its own.
 *
 * ## Why
 * Beside the session there is often a second cookie that says who the user is: "remember me", the last account, a token. One without
 * flags gives away what the session's own flags protect.
 *
 * ## Passes
 * All code was read, and no cookie that identifies a user lacks `Secure`, `HttpOnly` or `SameSite`. That alone does not pass the line:
 * sessions have settings.
 *
 * ## Fails
 * One of them lacks a flag. Tests and examples do not count.
 *
 * ## Unknown
 * A finding has low confidence, or a comment with a reason and a date hides it.
 *
 * ## How to fix
 * ```python
 * response.set_cookie("remember", token, secure=True, httponly=True, samesite="Lax")
 * ```
 * ```text
 * res.cookie('remember', token, { secure: true, httpOnly: true, sameSite: 'lax' });
 * ```
 */
import type { Place } from '../../../../finding/finding.ts';
import type { CodeView } from '../../../../scan/code-view.ts';
import type { Check } from '../../../check/check.ts';
import { type Outcome, pass } from '../../../check/outcome.ts';
import type { Subject } from '../../../subject/subject.ts';
import { judgeFindings } from '../judge-findings.ts';
import { gapsOf } from '../judge-sites.ts';

export const check: Check = {
  id: 'code/cookie-flags',
  aspect: 'cookies/session',
  title: 'Cookies that the code sets for a user have Secure, HttpOnly and SameSite.',
  why: 'Whoever gets the cookie acts as its user.',
  severity: 'medium',
  cwe: [614, 1004, 1275],
  asvs: ['3.3.1', '3.3.2', '3.3.4'],
  weight: 'part',
  async run(subject) {
    const view = await subject.code();
    return view.files === 0 ? [] : look(subject, view);
  },
};

function look(subject: Subject, view: CodeView): readonly Outcome[] {
  const findings = view.findings.filter(
    ({ rule, place }) => rule === 'cookie/flags' && setsCookie(subject, place),
  );
  const found = judgeFindings(
    { ...view, findings },
    [/^cookie\/flags$/],
    'A cookie that identifies a user lacks flags',
  );
  if (found) return [found];
  if (gapsOf(subject, view).length > 0) return [];
  return [
    pass('No cookie that identifies a user was seen to lack flags.', [
      { text: `${view.files} files of code followed, 0 findings of cookie/flags` },
    ]),
  ];
}

const mostLines = 10;

/** Whether a finding is of a call that sets a cookie. The settings of sessions, and what production uses of them, have other checks. */
function setsCookie({ read }: Subject, { path, line, endLine }: Place): boolean {
  const last = Math.min(endLine, line + mostLines);
  const text =
    read(path)
      ?.split('\n', last)
      .slice(line - 1)
      .join('\n') ?? '';
  return /set_?(?:signed_?|secure_?)?cookie\b|\.cookie\(|cookies?(?:\(\))?\)?\.set\(|set-cookie/i.test(text);
}
