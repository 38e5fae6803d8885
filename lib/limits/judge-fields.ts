import { allowed, type Decision, deny } from '../refusal/decision.ts';

/**
 * Counts fields and list items of plain data, level by level, and stops at the limit: no recursion, and never more work than the
 * limit allows. Bytes (an uploaded file) count as one value.
 */
export function judgeFields(
  body: unknown,
  maxFields: number,
  maxDepth: number,
): Decision<'limits/too-many-fields' | 'limits/too-deep'> {
  let level = isNest(body) ? [body] : [];
  let fields = 0;
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) return deny('limits/too-deep', { maxDepth });
    const next: object[] = [];
    for (const nest of level) {
      // A list may be long without holding much, and a copy of it must not be made.
      if (Array.isArray(nest) && fields + nest.length > maxFields) return tooMany(maxFields);
      for (const key in nest) {
        if (!Object.hasOwn(nest, key)) continue;
        fields++;
        if (fields > maxFields) return tooMany(maxFields);
        const value: unknown = nest[key as keyof typeof nest];
        if (isNest(value)) next.push(value);
      }
    }
    level = next;
  }
  return allowed;
}

function isNest(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

function tooMany(most: number): Decision<'limits/too-many-fields'> {
  return deny('limits/too-many-fields', { where: 'body', most });
}
