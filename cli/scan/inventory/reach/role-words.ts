import type { Role } from '../../report/severity.ts';

/** Words of a check that undo it or make it optional: `auth_optional`, `unauthedProcedure`, `AllowAny`. */
const none =
  /^(?:unauth\w*|optional|skip|skipped|anonymous|anon|public|guest|exempt|without|no|not|or|any|allow|logout|csrf|cors)$/;
const administrator =
  /^(?:admin|admins|administrator|administrators|superuser|superusers|superadmin|staff|root|sysadmin|moderator|moderators|manage|sudo)$/;
const login =
  /^(?:auth|authed|authenticate|authenticates|authenticated|authenticator|authentication|authorize|authorized|authorise|authorised|authorization|login|loggedin|signedin|permission|permissions|role|roles|owner|protected|protect)$/;
/** Things that a check asks for. Alone they may name anything, so a word of `asks` must be beside them. */
const credential =
  /^(?:user|users|session|token|jwt|account|member|members|key|apikey|identity|access|scope|scopes)$/;
const asks =
  /^(?:require|requires|required|requiring|check|checks|verify|verifies|ensure|ensures|need|needs|must|assert|validate|current|guard|has|have|is)$/;

/** First words of functions that set something up, rather than check a request: `registerAdminRoutes`. */
const setsUp =
  /^(?:register|setup|set|create|init|initialize|initialise|build|make|mount|load|define|configure|add|get|fetch|send|log|audit)$/;
/** Last words of functions that make a check: `createAuthMiddleware`. */
const checkMade = /^(?:middleware|guard|check|checker|hook|policy)$/;
/** Last words of things that handle requests or describe data, rather than check a request: `adminRouter`. */
const noCheck =
  /^(?:router|routers|routes|controller|controllers|api|app|page|pages|view|views|panel|site|serializer|schema|form|dto|model|service|module|response|error)$/;

/**
 * The role that a decorator, a middleware or a dependency of this name requires of a user: `check_admin` ->
 * `administrator`, `LoginRequiredMixin` -> `user`. Undefined for names that suggest no role.
 */
export function roleOfName(name: string): Role | undefined {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (words.some((word) => none.test(word)) || noCheck.test(last)) return undefined;
  if (setsUp.test(words[0] ?? '') && !isCurrentUser(words) && !checkMade.test(last)) return undefined;
  if (words.some((word) => administrator.test(word))) return 'administrator';
  if (words.some((word) => login.test(word)) || /\b(?:logged|signed) in\b/.test(words.join(' ')))
    return 'user';
  return words.some((word) => credential.test(word)) && words.some((word) => asks.test(word))
    ? 'user'
    : undefined;
}

/** `get_current_user`, `get_current_active_superuser`: dependencies of FastAPI that refuse all other requests. */
function isCurrentUser(words: readonly string[]): boolean {
  return words[0] === 'get' && words.includes('current');
}

/** Names are short. A longer text is none. */
const maxName = 80;

/** The words of a name, in lower case: `isLoggedIn` and `is_logged_in` are `is`, `logged`, `in`. */
function wordsOf(name: string): readonly string[] {
  if (name.length > maxName) return [];
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
}
