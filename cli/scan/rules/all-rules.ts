import { rule as accessCaseSensitivePath } from './access-case-sensitive-path/rule.ts';
import { rule as accessClientClaim } from './access-client-claim/rule.ts';
import { rule as accessUncheckedLogin } from './access-unchecked-login/rule.ts';
import { rule as archiveZipSlip } from './archive-zip-slip/rule.ts';
import { rule as codeHidden } from './code-hidden/rule.ts';
import { useRule as codeHiddenUse } from './code-hidden/use-rule.ts';
import { rule as codeInjection } from './code-injection/rule.ts';
import { useRule as codeInjectionUse } from './code-injection/use-rule.ts';
import { rule as codeLibraryInput } from './code-library-input/rule.ts';
import { rule as codeReflection } from './code-reflection/rule.ts';
import { rule as commandArgumentInjection } from './command-argument-injection/rule.ts';
import { rule as commandInjection } from './command-injection/rule.ts';
import { useRule as commandInjectionUse } from './command-injection/use-rule.ts';
import { rule as commandLibraryInput } from './command-library-input/rule.ts';
import { rule as compareTiming } from './compare-timing/rule.ts';
import { rule as configAnyHost } from './config-any-host/rule.ts';
import { rule as configBindAll } from './config-bind-all/rule.ts';
import { rule as configDebug } from './config-debug/rule.ts';
import { rule as cookieFlags } from './cookie-flags/rule.ts';
import { rule as corsWild } from './cors-wild/rule.ts';
import { rule as cryptoPasswordStorage } from './crypto-password-storage/rule.ts';
import { rule as cryptoWeakCipher } from './crypto-weak-cipher/rule.ts';
import { rule as cryptoWeakHash } from './crypto-weak-hash/rule.ts';
import { rule as cryptoWeakKey } from './crypto-weak-key/rule.ts';
import { rule as cryptoWeakRandom } from './crypto-weak-random/rule.ts';
import { rule as csrfOff } from './csrf-off/rule.ts';
import { rule as csvInjection } from './csv-injection/rule.ts';
import { rule as deserializeUntrusted } from './deserialize-untrusted/rule.ts';
import { useRule as deserializeUntrustedUse } from './deserialize-untrusted/use-rule.ts';
import { rule as electronUnsafeWindow } from './electron-unsafe-window/rule.ts';
import { rule as errorLeak } from './error-leak/rule.ts';
import { rule as errorServerCrash } from './error-server-crash/rule.ts';
import { rule as filePermissions } from './file-permissions/rule.ts';
import { rule as fileRace } from './file-race/rule.ts';
import { rule as fileTemp } from './file-temp/rule.ts';
import { rule as filesPrivateServed } from './files-private-served/rule.ts';
import { rule as formatUntrusted } from './format-untrusted/rule.ts';
import { rule as headerInjection } from './header-injection/rule.ts';
import { rule as headersMissing } from './headers-missing/rule.ts';
import { rule as htmlTemplateSite } from './html-template-site/rule.ts';
import { rule as inputTypeConfusion } from './input-type-confusion/rule.ts';
import { rule as jwtUnverified } from './jwt-unverified/rule.ts';
import type { Rule } from './kit/rule.ts';
import { rule as ldapInjection } from './ldap-injection/rule.ts';
import { rule as limitsLoginAttempts } from './limits-login-attempts/rule.ts';
import { rule as limitsUnboundedBody } from './limits-unbounded-body/rule.ts';
import { rule as limitsUntrustedSize } from './limits-untrusted-size/rule.ts';
import { useRule as limitsUntrustedSizeUse } from './limits-untrusted-size/use-rule.ts';
import { rule as logInjection } from './log-injection/rule.ts';
import { rule as mailHostHeader } from './mail-host-header/rule.ts';
import { rule as mailInjection } from './mail-injection/rule.ts';
import { rule as messageOrigin } from './message-origin/rule.ts';
import { rule as nosqlInjection } from './nosql-injection/rule.ts';
import { rule as objectMassAssignment } from './object-mass-assignment/rule.ts';
import { useRule as objectMassAssignmentUse } from './object-mass-assignment/use-rule.ts';
import { libraryRule as objectPrototypePollutionLibrary } from './object-prototype-pollution/library-rule.ts';
import { rule as objectPrototypePollution } from './object-prototype-pollution/rule.ts';
import { rule as pageUntrustedScript } from './page-untrusted-script/rule.ts';
import { rule as pathTraversal } from './path-traversal/rule.ts';
import { rule as redirectOpen } from './redirect-open/rule.ts';
import { rule as regexInjection } from './regex-injection/rule.ts';
import { libraryRule as regexRedosLibrary } from './regex-redos/library-rule.ts';
import { rule as regexRedos } from './regex-redos/rule.ts';
import { useRule as regexRedosUse } from './regex-redos/use-rule.ts';
import { rule as regexWideRange } from './regex-wide-range/rule.ts';
import { rule as requestNoTimeout } from './request-no-timeout/rule.ts';
import { rule as secretHardCoded } from './secret-hard-coded/rule.ts';
import { rule as secretInFile } from './secret-in-file/rule.ts';
import { rule as secretInUrl } from './secret-in-url/rule.ts';
import { rule as secretLogged } from './secret-logged/rule.ts';
import { rule as secretStored } from './secret-stored/rule.ts';
import { rule as sessionFixation } from './session-fixation/rule.ts';
import { rule as sqlInjection } from './sql-injection/rule.ts';
import { rule as sqlTemplateSite } from './sql-template-site/rule.ts';
import { rule as ssrfClientRequest } from './ssrf-client-request/rule.ts';
import { rule as ssrfRequest } from './ssrf-request/rule.ts';
import { rule as templateInjection } from './template-injection/rule.ts';
import { rule as textIncompleteEscape } from './text-incomplete-escape/rule.ts';
import { rule as tlsCleartext } from './tls-cleartext/rule.ts';
import { settingsRule as tlsCleartextSettings } from './tls-cleartext/settings-rule.ts';
import { rule as tlsOldVersion } from './tls-old-version/rule.ts';
import { rule as tlsUnverified } from './tls-unverified/rule.ts';
import { rule as trustBoundary } from './trust-boundary/rule.ts';
import { rule as unsafeUse } from './unsafe-use/rule.ts';
import { rule as uploadUnchecked } from './upload-unchecked/rule.ts';
import { useRule as uploadUncheckedUse } from './upload-unchecked/use-rule.ts';
import { rule as urlIncompleteCheck } from './url-incomplete-check/rule.ts';
import { rule as xmlExternalEntity } from './xml-external-entity/rule.ts';
import { rule as xpathInjection } from './xpath-injection/rule.ts';
import { rule as xssAutoescapeOff } from './xss-autoescape-off/rule.ts';
import { rule as xssDom } from './xss-dom/rule.ts';
import { rule as xssLibraryInput } from './xss-library-input/rule.ts';
import { rule as xssPluginOption } from './xss-plugin-option/rule.ts';
import { rule as xssReflected } from './xss-reflected/rule.ts';
import { rule as xssStored } from './xss-stored/rule.ts';
import { rule as xssTemplate } from './xss-template/rule.ts';

/**
 * All rules, in order of precedence: if several match a flow, the more specific one comes first. Rules with the same id share the
 * page of the first.
 */
export const allRules: readonly Rule[] = Object.freeze([
  xssTemplate,
  xssDom,
  xssStored,
  xssReflected,
  xssPluginOption,
  xssLibraryInput,
  archiveZipSlip,
  pathTraversal,
  uploadUnchecked,
  nosqlInjection,
  sqlInjection,
  commandArgumentInjection,
  commandInjection,
  commandLibraryInput,
  codeHidden,
  codeHiddenUse,
  codeInjection,
  codeLibraryInput,
  codeReflection,
  templateInjection,
  deserializeUntrusted,
  xmlExternalEntity,
  ssrfRequest,
  ssrfClientRequest,
  ldapInjection,
  xpathInjection,
  headerInjection,
  logInjection,
  csvInjection,
  mailInjection,
  mailHostHeader,
  formatUntrusted,
  redirectOpen,
  objectPrototypePollution,
  objectPrototypePollutionLibrary,
  objectMassAssignment,
  objectMassAssignmentUse,
  regexRedos,
  regexRedosLibrary,
  regexInjection,
  trustBoundary,
  errorLeak,
  codeInjectionUse,
  commandInjectionUse,
  deserializeUntrustedUse,
  regexRedosUse,
  uploadUncheckedUse,
  accessCaseSensitivePath,
  accessClientClaim,
  accessUncheckedLogin,
  compareTiming,
  configAnyHost,
  configBindAll,
  configDebug,
  cookieFlags,
  corsWild,
  cryptoPasswordStorage,
  cryptoWeakCipher,
  cryptoWeakHash,
  cryptoWeakKey,
  cryptoWeakRandom,
  csrfOff,
  electronUnsafeWindow,
  errorServerCrash,
  filePermissions,
  fileRace,
  fileTemp,
  filesPrivateServed,
  headersMissing,
  htmlTemplateSite,
  sqlTemplateSite,
  inputTypeConfusion,
  jwtUnverified,
  limitsLoginAttempts,
  limitsUnboundedBody,
  limitsUntrustedSizeUse,
  limitsUntrustedSize,
  messageOrigin,
  pageUntrustedScript,
  regexWideRange,
  requestNoTimeout,
  secretHardCoded,
  secretInFile,
  secretInUrl,
  secretLogged,
  secretStored,
  sessionFixation,
  textIncompleteEscape,
  tlsCleartext,
  tlsCleartextSettings,
  tlsOldVersion,
  tlsUnverified,
  unsafeUse,
  urlIncompleteCheck,
  xssAutoescapeOff,
]);
