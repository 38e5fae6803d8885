import { withBulwark } from '../../../../../../lib/next/index.ts';

export const GET = withBulwark(() => Response.json({ hello: true }), {});
