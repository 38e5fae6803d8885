import type { Condition } from '../../model.ts';

/** Headers but those that are told what a client sent by design, or that have a row of another kind. */
export const plainHeader: Condition = {
  at: 'Argument[0]',
  is: namesOf([
    'Location',
    'Access-Control-Allow-Origin',
    'Content-Type',
    'Content-Length',
    'ETag',
    'Last-Modified',
    'X-Request-Id',
  ]),
  not: true,
};

/** The header whose value is the target of a redirect. */
export const locationHeader: Condition = { at: 'Argument[0]', is: namesOf(['Location']) };

function namesOf(names: readonly string[]): readonly string[] {
  return Object.freeze(names.flatMap((name) => [name, name.toLowerCase(), name.toUpperCase()]));
}
