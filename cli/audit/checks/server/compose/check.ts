/**
 * Looks at each service of the compose files that production may use. Files named for development, and files with what only developers
 * do (`runserver`, `--reload`, `NODE_ENV: development`, the source mounted over a built image), are set aside.
 *
 * ## Why
 * A privileged container, the socket of Docker or the network of the host make one hole a hole in the machine. A database whose port is
 * published is reached by whoever reaches the machine, past most firewalls of the host.
 *
 * ## Passes
 * No service is privileged, has the socket of Docker, shares the network or the processes of the host, or publishes a database.
 *
 * ## Fails
 * One does, runs as root by `user`, or adds a capability such as `SYS_ADMIN`.
 *
 * ## Unknown
 * A file could not be parsed, a value is a variable, or a service extends a file that was not found.
 *
 * ## How to fix
 * ```yaml
 * services:
 *   db:
 *     image: postgres:17
 *     ports: ["127.0.0.1:5432:5432"]
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { composeView } from '../../../files/container/compose-file.ts';
import { serviceHoles } from '../../../files/container/service-holes.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'server/compose',
  aspect: 'server/hardening',
  title: 'No service of compose has rights over the host, or publishes a database.',
  why: 'A privileged container or the socket of Docker make one hole a hole in the machine.',
  weight: 'part',
  severity: 'high',
  cwe: [250, 668],
  asvs: ['13.2.2'],
  run: (subject) => look(subject),
};

function look(subject: Subject): readonly Outcome[] {
  const { services, files, gaps } = composeView(subject);
  const holes = services.flatMap(serviceHoles);
  const outcomes = holes.map(({ summary, evidence, fix, isSure }) =>
    isSure ? fail(summary, [evidence], fix) : unknown(summary, fix, [evidence]),
  );
  if (gaps.length > 0) outcomes.push(unknown('A compose file could not be read.', 'Correct the file.', gaps));
  if (outcomes.length > 0) return outcomes.slice(0, 200);
  if (services.length > 0)
    return [
      pass(
        'No service of compose has rights over the host, or publishes a database.',
        [
          ...files,
          ...services.map(({ name, path, line }): Evidence => ({ text: `${name}:`, path, line })),
        ].slice(0, 100),
      ),
    ];
  return [];
}
