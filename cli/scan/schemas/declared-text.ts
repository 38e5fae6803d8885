import { type Abstract, cleaned } from '../dataflow/domain/abstract.ts';
import { allKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import { isTextField } from './checked-types.ts';
import { modelFieldKinds } from './model-fields.ts';
import { objectKinds } from './type-checks.ts';

/**
 * Returns the value of the field `name`, marked as sanitised for some sink kinds. These are the kinds for which each
 * class in `owners` makes the field harmless by its declaration. If each class checks that the field is a text,
 * `objectKinds` are added: in these kinds, only an object is harmful.
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
