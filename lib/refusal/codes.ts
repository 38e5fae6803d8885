/**
 * The catalogue of codes: permanent, readable, `area/thing`, never reused. Each area has its own file; the comment
 * above an entry is the discussion, with an example, from which `docs/refusals/` is generated.
 */
import type { CodeEntry, Codes } from './code-entry.ts';
import { type ArchiveDetail, archiveCodes } from './codes/archive.ts';
import { type CommandDetail, commandCodes } from './codes/command.ts';
import { coreCodes } from './codes/core.ts';
import { type CorsDetail, corsCodes } from './codes/cors.ts';
import { cspCodes } from './codes/csp.ts';
import { type CsrfDetail, csrfCodes } from './codes/csrf.ts';
import { type DomDetail, domCodes } from './codes/dom.ts';
import { eventCodes } from './codes/event.ts';
import { type FetchDetail, fetchCodes } from './codes/fetch.ts';
import { type GatewayDetail, gatewayCodes } from './codes/gateway.ts';
import { headersCodes } from './codes/headers.ts';
import { type HtmlDetail, htmlCodes } from './codes/html.ts';
import { type LimitsDetail, limitsCodes } from './codes/limits.ts';
import { type ParseDetail, parseCodes } from './codes/parse.ts';
import { type ParseExpressionDetail, parseExpressionCodes } from './codes/parse-expression.ts';
import { type PasswordDetail, passwordCodes } from './codes/password.ts';
import { type PathDetail, pathCodes } from './codes/path.ts';
import { type RateLimitDetail, rateLimitCodes } from './codes/rate-limit.ts';
import { type RedirectDetail, redirectCodes } from './codes/redirect.ts';
import { type RequestDetail, requestCodes } from './codes/request.ts';
import { type SecretsDetail, secretsCodes } from './codes/secrets.ts';
import { type SessionDetail, sessionCodes } from './codes/session.ts';
import { type SessionCookieDetail, sessionCookieCodes } from './codes/session-cookie.ts';
import { type SqlDetail, sqlCodes } from './codes/sql.ts';
import { sqlAdapterCodes } from './codes/sql-adapter.ts';
import { sqlDatabaseCodes } from './codes/sql-database.ts';
import { type SqlGuardDetail, sqlGuardCodes } from './codes/sql-guard.ts';
import { type SqlHelperDetail, sqlHelperCodes } from './codes/sql-helper.ts';
import { type UploadDetail, uploadCodes } from './codes/upload.ts';
import { type UploadStoreDetail, uploadStoreCodes } from './codes/upload-store.ts';

export type { CodeEntry, Severity } from './code-entry.ts';

type Area<T extends Codes> = T;
type Catalogue = Area<typeof coreCodes> &
  Area<typeof cspCodes> &
  Area<typeof domCodes> &
  Area<typeof eventCodes> &
  Area<typeof fetchCodes> &
  Area<typeof gatewayCodes> &
  Area<typeof headersCodes> &
  Area<typeof htmlCodes> &
  Area<typeof requestCodes> &
  Area<typeof sessionCodes> &
  Area<typeof sessionCookieCodes> &
  Area<typeof csrfCodes> &
  Area<typeof passwordCodes> &
  Area<typeof rateLimitCodes> &
  Area<typeof corsCodes> &
  Area<typeof redirectCodes> &
  Area<typeof secretsCodes> &
  Area<typeof limitsCodes> &
  Area<typeof sqlCodes> &
  Area<typeof sqlAdapterCodes> &
  Area<typeof sqlDatabaseCodes> &
  Area<typeof sqlGuardCodes> &
  Area<typeof archiveCodes> &
  Area<typeof commandCodes> &
  Area<typeof parseCodes> &
  Area<typeof parseExpressionCodes> &
  Area<typeof pathCodes> &
  Area<typeof uploadCodes> &
  Area<typeof uploadStoreCodes> &
  Area<typeof sqlHelperCodes>;

type OfKind<K extends CodeEntry['kind']> = {
  [C in keyof Catalogue]: Catalogue[C] extends { kind: K } ? C : never;
}[keyof Catalogue];

export type Code = keyof Catalogue;
export type RefusalCode = OfKind<'refusal'>;
export type NoticeCode = OfKind<'notice'>;
export type MisuseCode = OfKind<'misuse'>;

/** What each code tells the log: bounded and redacted there, and never shown to the client. */
interface Details
  extends DomDetail,
    FetchDetail,
    GatewayDetail,
    HtmlDetail,
    RequestDetail,
    SessionDetail,
    SessionCookieDetail,
    CsrfDetail,
    PasswordDetail,
    RateLimitDetail,
    CorsDetail,
    RedirectDetail,
    SecretsDetail,
    LimitsDetail,
    SqlDetail,
    SqlGuardDetail,
    SqlHelperDetail,
    ArchiveDetail,
    CommandDetail,
    ParseDetail,
    ParseExpressionDetail,
    PathDetail,
    UploadDetail,
    UploadStoreDetail {}

export type RefusalDetail<C extends Code = Code> = C extends keyof Details
  ? Readonly<Details[C]>
  : Readonly<Record<string, string | number | boolean | null>>;

export const codes: { readonly [C in Code]: Catalogue[C] } = Object.freeze({
  ...coreCodes,
  ...cspCodes,
  ...domCodes,
  ...eventCodes,
  ...fetchCodes,
  ...gatewayCodes,
  ...headersCodes,
  ...htmlCodes,
  ...requestCodes,
  ...sessionCodes,
  ...sessionCookieCodes,
  ...csrfCodes,
  ...passwordCodes,
  ...rateLimitCodes,
  ...corsCodes,
  ...redirectCodes,
  ...secretsCodes,
  ...limitsCodes,
  ...sqlCodes,
  ...sqlAdapterCodes,
  ...sqlDatabaseCodes,
  ...sqlGuardCodes,
  ...sqlHelperCodes,
  ...archiveCodes,
  ...commandCodes,
  ...parseCodes,
  ...parseExpressionCodes,
  ...pathCodes,
  ...uploadCodes,
  ...uploadStoreCodes,
});
