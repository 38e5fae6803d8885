/** Adapters of functions, such as `serverless-http`, make requests that have `headers` alone. */
export interface RequestHeaders {
  /** Names and values in turn. */
  readonly rawHeaders?: readonly string[];
  readonly headers?: object;
}

/**
 * Names and values in turn. A polluted prototype adds none. Two hosts that are kept as an array become one value, which no host has.
 */
export function headerLines({ rawHeaders = [], headers = {} }: RequestHeaders): readonly string[] {
  if (rawHeaders.length > 0) return rawHeaders;
  const sent = Object.entries(headers).filter(([, value]) => value !== undefined);
  return sent.flatMap(([name, value]) => [name, String(value)]);
}
