import type { Inst, ValueId } from '../../ir/ir.ts';

/** The part of a request that a name is read from. */
export type Kind = 'cookie' | 'header' | 'query' | 'body' | 'environ';

const containers: readonly (readonly [RegExp, Kind])[] = [
  [/^(cookies?|COOKIES|received_cookies)$/, 'cookie'],
  [/^(headers?|request_?headers)$/i, 'header'],
  // It also contains values of the server itself.
  [/^(META|environ)$/, 'environ'],
  [/^(query|args|GET|query_params|searchParams|params|values|rel_url|match_info|nextUrl)$/, 'query'],
  [/^(body|form|forms|POST|json|data|payload|get_json)$/, 'body'],
];

/** Methods that read an entry by its name. */
const readers: readonly (readonly [RegExp, Kind])[] = [
  [/^(get_?cookie|cookie)$/i, 'cookie'],
  [/^(get|header|get_?header)$/i, 'header'],
  [/^(param|query|get_(query_)?argument|input|get_param)$/i, 'query'],
];

/**
 * Returns the part of a request that an object contains, judging by the member or method that read it: `req.cookies` ->
 * `cookie`. Undefined for other objects.
 */
export function kindOfContainer(
  inst: Inst | undefined,
  at: (value: ValueId) => Inst | undefined,
): Kind | undefined {
  let one = inst;
  if (one?.op === 'call') one = at(one.callee);
  if (one?.op !== 'member' && one?.op !== 'import' && one?.op !== 'global') return undefined;
  return kindOf(containers, one.name) ?? (one.op === 'member' ? outerKind(at(one.object)) : undefined);
}

/** `request.cookies.role`, whose text is parsed. */
function outerKind(inst: Inst | undefined): Kind | undefined {
  return inst?.op === 'member' ? kindOf(containers, inst.name) : undefined;
}

export function kindOfReader(name: string): Kind | undefined {
  return kindOf(readers, name);
}

function kindOf(table: readonly (readonly [RegExp, Kind])[], name: string): Kind | undefined {
  return table.find(([names]) => names.test(name))?.[1];
}
