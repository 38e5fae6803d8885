import { instAt, origin } from '../callgraph/query/called-on.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { allKinds, type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst } from '../ir/ir.ts';
import { kindsAdmittedBy } from '../semantics/pattern/pattern-kinds.ts';
import { isOwnClass } from './checked-types.ts';
import { validatorKinds } from './form-fields.ts';

/**
 * Validator functions of Django 4 to 6, and the characters that they admit. Documentation:
 * https://docs.djangoproject.com/en/stable/ref/validators/
 */
const alphabets: ReadonlyMap<string, string> = new Map([
  ['validate_slug', '[-a-zA-Z0-9_]+'],
  ['validate_unicode_slug', '[-\\w]+'],
  ['validate_ipv4_address', '[0-9.]+'],
  ['validate_ipv6_address', '[0-9a-fA-F.:]+'],
  ['validate_ipv46_address', '[0-9a-fA-F.:]+'],
  ['validate_comma_separated_integer_list', '[0-9,]+'],
]);

/**
 * What is proven about the argument of a validator once the call has returned: `validate_slug(x)`,
 * `RegexValidator(r'^\w+$')(x)`. The validator would raise an error for an invalid value. A call of an enum, such as
 * `Color(x)`, or of a settings class also counts. Empty for other calls.
 */
export function validatorChecks(frame: FunctionView, { callee, args }: Call, called: Inst): readonly Check[] {
  const [value] = args;
  if (!frame.language.constructsByCall || value === undefined || args.length !== 1) return none;
  const clean =
    called.op === 'import' && called.specifier === 'django.core.validators' && alphabets.has(called.name)
      ? kindsAdmittedBy(alphabets.get(called.name) ?? '', '', 'fullmatch')
      : madeKinds(frame, callee, called);
  return clean === noKinds ? none : [{ value, clean }];
}

function madeKinds({ linked, id }: FunctionView, callee: number, called: Inst): Kinds {
  if (called.op !== 'cell-load' && called.op !== 'import' && called.op !== 'call') return noKinds;
  if (linked.classes(id, callee).some((owner) => isOwnClass(linked, owner))) return allKinds;
  const place = origin(linked, { func: id, value: callee });
  const made = instAt(linked, place);
  const func = linked.program.functions[place.func]?.func;
  return made?.op === 'call' && func ? validatorKinds(func, made) : noKinds;
}
