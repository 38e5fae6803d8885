export type RouteParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The pattern of a route, such as `/users/:id`, or `/files/*path` for `[...path]`. Next.js tells only the values of its parameters. From the
 * right, as the last parameter that has a value stands last.
 */
export function routePattern(pathname: string, params: RouteParams | undefined): string {
  const segments = pathname.split('/');
  let end = segments.length;
  for (const [name, value] of Object.entries(params ?? {}).reverse()) {
    const values = Array.isArray(value) ? (value as readonly string[]) : [value as string | undefined];
    if (value === undefined || values.length === 0) continue;
    for (let at = end - values.length; at > 0; at--) {
      if (!values.every((one, index) => isSegment(segments[at + index] ?? '', one ?? ''))) continue;
      segments.splice(at, values.length, Array.isArray(value) ? `*${name}` : `:${name}`);
      end = at;
      break;
    }
  }
  return segments.join('/');
}

function isSegment(segment: string, value: string): boolean {
  if (segment === value) return true;
  try {
    return decodeURIComponent(segment) === decodeURIComponent(value);
  } catch {
    return false;
  }
}
