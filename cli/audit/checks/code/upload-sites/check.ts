/**
 * Lists every place that takes an upload: multer and other readers of forms, `request.files`, `request.FILES`, `UploadFile`, fields of
 * Django and WTForms, and guards of bulwark/upload.
 *
 * ## Why
 * A file that is served under the name that its sender chose runs as a page or a program. One without a limit fills the disk.
 *
 * ## Passes
 * All code was read, and each place limits the size, checks the type and chooses the stored name itself; or none takes an upload.
 *
 * ## Fails
 * A file is stored under the name of the client (`upload/unchecked`), or a place has no limit of size or takes any type.
 *
 * ## Unknown
 * How a file is checked or stored could not be followed, or a file of code could not be parsed. An upload is followed through the
 * functions, classes and forms of the project to where its bytes are stored: its size and type must be checked on every way there, and
 * what the client says of its name or type must not become a part of the stored name unless it is one of a list. A `FileField` of a Django
 * model must name its files by a function, and its validators or every form of the model must check size and type.
 *
 * ## How to fix
 * ```js
 * const upload = multer({
 *   limits: { fileSize: 5_000_000, files: 1 },
 *   fileFilter: (_req, file, done) => done(null, types.has(file.mimetype)),
 *   storage: multer.memoryStorage(),
 * });
 * ```
 * ```python
 * app.config["MAX_CONTENT_LENGTH"] = 5_000_000
 * ending = os.path.splitext(photo.filename)[1].lower()
 * if ending not in {".jpg", ".png"}:
 *     abort(400)
 * photo.save("/srv/photos/" + secrets.token_hex(16) + ending)
 * ```
 */

import type { CodeView } from '../../../../scan/code-view.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome } from '../../../check/outcome.ts';
import { judgeSites } from '../judge-sites.ts';

const fix =
  'Limit the size, check the type against a list, and choose the name of the stored file yourself. bulwark/upload does all three.';

export const check: Check = {
  id: 'code/upload-sites',
  aspect: 'uploads/sites',
  title: 'Every upload has a limit of size, a check of its type and a stored name that the program chooses.',
  why: 'A file under a name that its sender chose can run as a page or a program where it is served.',
  severity: 'high',
  cwe: [434, 770],
  asvs: ['5.2.1', '5.2.2', '5.3.2'],
  async run(subject) {
    const whole = await subject.code();
    if (whole.files === 0) return [];
    const view = withoutDoubts(whole);
    const outcome = judgeSites(subject, view, {
      kind: 'upload',
      rules: [/^upload\/unchecked$/],
      what: 'An upload is stored under its own name or with any type',
      does: 'takes an upload',
      do: 'take an upload',
      isRight: 'limit the size, check the type and choose the stored name',
      fix,
    });
    return [outcome.verdict === 'unknown' ? (withoutLimit(view) ?? outcome) : outcome];
  },
};

/**
 * Where each place was followed to where its bytes are stored, a finding that the scanner itself holds to be unlikely says nothing more.
 */
function withoutDoubts(view: CodeView): CodeView {
  const uploads = view.sites.filter(({ kind }) => kind === 'upload');
  if (uploads.length === 0 || uploads.some(({ state }) => state === 'unresolved')) return view;
  return {
    ...view,
    findings: view.findings.filter(
      ({ rule, confidence }) => rule !== 'upload/unchecked' || confidence !== 'low',
    ),
  };
}

/** What certainly lacks a part. */
function withoutLimit({ sites }: CodeView): Outcome | undefined {
  const bad = sites.filter(
    ({ kind, state, because }) =>
      kind === 'upload' &&
      state === 'unresolved' &&
      /^it (has no limit|takes files of any|stores files under)/.test(because),
  );
  const [first] = bad;
  if (!first) return undefined;
  return fail(
    `An upload is taken without care: ${first.because}.`,
    bad.slice(0, 10).map(({ call, because, place }) => ({
      text: `${call}: ${because}`,
      path: place.path,
      line: place.line,
    })),
    fix,
  );
}
