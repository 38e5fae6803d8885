import { type Abstract, cleaned } from '../dataflow/domain/abstract.ts';
import { allKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import { isTextField } from './checked-types.ts';
import { modelFieldKinds } from './model-fields.ts';
import { objectKinds } from './type-checks.ts';

/**
 * Returns a field's value, marked as sanitised for the sink kinds for which its declaration in every class of `owners`
 * makes it harmless. If all of these classes check that the field is a text, the value is also marked as sanitised for the
 * kinds where only an object is harmful.
 */
export function withDeclaredText(
  frame: FunctionView,
  owners: readonly number[],
  name: string,
  field: Abstract,
): Abstract {
  if (field.taints.length === 0) return field;
  const isText = owners.every((owner) => isTextField(frame, owner, name));
  const clean = owners.reduce((all, owner) => all.intersect(modelFieldKinds(frame, owner, name)), allKinds);
  return cleaned(field, isText ? clean.union(objectKinds) : clean);
}
