/**
 * Applications on Next.js with the App Router: route handlers, server actions and server components.
 *
 * @module
 */
export { cspReportHandler } from '../web/csp-report-handler.ts';
export { routeCors, routeCsp, routeRateLimit } from '../web/routes.ts';
export { action } from './action.ts';
export { csrfField, csrfToken, currentSession } from './current-session.ts';
export type { NextOptions, NextRoute } from './next-options.ts';
export { type PageFacts, page } from './page.ts';
export { form, json, upload } from './read-bodies.ts';
export { type RouteContext, withBulwark } from './with-bulwark.ts';
