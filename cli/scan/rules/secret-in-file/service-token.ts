/**
 * Whether a text is a JWT that gives access to a service. False for tokens that are meant for browsers, such as those with
 * `"role": "anon"`, and for tokens from examples.
 */
export function serviceToken(text: string): boolean {
  const parts = /^(ey[JA][\w-]{10,500})\.(e[yw][\w-]{10,2000})\.[\w-]{20,700}$/.exec(text);
  if (!parts) return false;
  const head = claimsOf(parts[1] ?? '');
  const claims = claimsOf(parts[2] ?? '');
  if (head === undefined || claims === undefined || !/"alg"\s*:\s*"[A-Z]/.test(head)) return false;
  return !/"role"\s*:\s*"anon"|"sub"\s*:\s*"1234567890"|John Doe|example\.com|"supabase-demo"/.test(claims);
}

function claimsOf(part: string): string | undefined {
  const text = Buffer.from(part, 'base64url').toString('utf8');
  return text.startsWith('{') ? text : undefined;
}
