/** `bulwark/redirect` that goes wherever it is told. */
export const safeRedirect = (target: unknown): string => String(target);
