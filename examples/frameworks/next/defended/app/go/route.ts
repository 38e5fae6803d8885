import { withBulwark } from 'bulwark/next';
import { safeRedirect } from 'bulwark/redirect';
import { options } from '../../desk/options';

export const GET = withBulwark((request) => {
  const to = new URL(request.url).searchParams.get('to');
  return new Response(null, { status: 302, headers: { Location: safeRedirect(to, { fallback: '/' }) } });
}, options);
