import { createCsrfProtect } from '@edge-csrf/nextjs';
import { createMiddleware } from '@nosecone/next';
import { NextResponse } from 'next/server';

const secureHeaders = createMiddleware();
const csrf = createCsrfProtect({ cookie: { secure: true } });

export default async function proxy(request) {
  const response = NextResponse.next();
  await csrf(request, response);
  for (const [name, value] of (await secureHeaders()).headers) response.headers.set(name, value);
  return response;
}
