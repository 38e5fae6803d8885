import type { Finding } from '../../../../finding/finding.ts';
import type { Subject } from '../../../subject/subject.ts';

/** What starts the services of a job in CI, which are gone with it: `SESSION_SECRET: ci-only`, `postgres://test:test@localhost/test`. */
export function isForCi(subject: Subject, { confidence, place }: Finding): boolean {
  if (confidence !== 'low' || !ciFiles.test(place.path)) return false;
  const line = (subject.read(place.path) ?? '').split('\n')[place.line - 1] ?? '';
  // The pattern below tries each colon with the rest of the line.
  if (line.length > mostLine) return false;
  const value = /[:=]\s*["']?([^"'\s#,}]+)["']?\s*[,}]?\s*(?:#.*)?$/.exec(line)?.[1] ?? '';
  return (
    isMadeUp(value) ||
    /^\w+(?:\+\w+)?:\/\/([\w-]+):([\w-]+)@(?:localhost|127\.0\.0\.1|postgres|mysql|mariadb|db|redis|mongo)[:/]/
      .exec(value)
      ?.slice(1)
      .every(isMadeUp) === true
  );
}

const mostLine = 1_000;
const ciFiles =
  /^\.github\/workflows\/|^\.gitlab-ci\.ya?ml$|^\.circleci\/|^azure-pipelines[\w.-]*\.ya?ml$|^\.travis\.ya?ml$/;

/** Only of words that say so. */
function isMadeUp(value: string): boolean {
  return (
    value.length <= 200 &&
    /^(?:(?:ci|tests?|testing|only|dummy|example|local|fake|not|a|real|secret|password|key|for|in|postgres|root|user|insecure|unsafe|throwaway)(?:[-_.]|$))+$/i.test(
      value,
    )
  );
}
