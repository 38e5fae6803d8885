/**
 * Security headers with safe defaults.
 *
 * @module
 */
export { clearSiteData, type SiteData } from './clear-site-data.ts';
export { type HeaderOptions, headerChanges } from './header-changes.ts';
export { securityHeaders } from './headers.ts';
export { type PermissionsPolicy, permissionsPolicy } from './permissions-policy.ts';
export { reportingEndpoints } from './reporting-endpoints.ts';
export { type StrictTransportSecurity, strictTransportSecurity } from './strict-transport-security.ts';
