/**
 * Looks at `autoindex` of nginx in each server and location. Its default is `off`.
 *
 * ## Why
 * A listing shows backups, exports and forgotten files to whoever opens the folder.
 *
 * ## Passes
 * It is on nowhere, and all that is included is in the project.
 *
 * ## Fails
 * It is `on` in a server or a location that others reach.
 *
 * ## Unknown
 * It is on nowhere that is seen, and an include is not in the project.
 *
 * ## How to fix
 * Remove `autoindex on;`, or restrict the location with `allow` and `deny all`.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { effective, nginxView, unresolved } from '../../../files/nginx/nginx-view.ts';
import { contextName, gapEvidence, shownContext, shownDirective } from '../../../files/nginx/shown.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix = 'Remove `autoindex on;`.';

export const check: Check = {
  id: 'server/nginx-listing',
  aspect: 'server/hardening',
  title: 'nginx lists no folders.',
  why: 'A listing shows backups, exports and forgotten files.',
  severity: 'medium',
  cwe: [548],
  asvs: ['13.4.3'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const view = nginxView(subject);
  const contexts = view.servers.flatMap((server) => server.contexts);
  if (contexts.length === 0)
    return view.gaps.length > 0
      ? [unknown('The configuration of nginx could not be read.', fix, gapEvidence(view))]
      : [];
  const on = contexts.filter((context) => effective(context, 'autoindex')?.args[0] === 'on');
  const open = on.filter(
    ({ levels }) =>
      !levels
        .flat()
        .some(
          ({ name, args }) =>
            (name === 'deny' && args[0] === 'all') || name === 'internal' || name === 'auth_basic',
        ),
  );
  if (open.length > 0) {
    return open.map((context) => {
      const directive = effective(context, 'autoindex');
      return fail(
        `nginx lists folders in ${contextName(context)}.`,
        [shownContext(context), ...(directive ? [shownDirective(directive)] : [])],
        fix,
      );
    });
  }
  const missing = contexts.map(unresolved).find((one) => one !== undefined);
  if (missing !== undefined || view.gaps.length > 0)
    return [
      unknown(
        'nginx was seen to list no folders, and a part of its configuration is not in the project.',
        'Add what is included to the project, or look there for `autoindex`.',
        gapEvidence(view),
      ),
    ];
  return [
    pass('nginx lists no folders.', view.servers.map(({ server }) => shownDirective(server)).slice(0, 50)),
  ];
}
