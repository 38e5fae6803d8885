/** Names of functions whose result does not reveal the secret that they receive. */
const masks =
  /(mask|redact|hash|digest|hmac|encrypt|encipher|saniti[sz]e|obfuscat|censor|scrub|anonymi[sz]e|conceal|fingerprint|truncat|shorten|abbreviat|preview|bcrypt|argon|scrypt|pbkdf|sha\d|md5|checksum)/i;

const questions =
  /^(is|has|was|can|should|check|valid|verify|compare|match|matches|includes|contains|test|exists|equals|startsWith|endsWith|startswith|endswith|indexOf|lastIndexOf|search|find|findIndex|count|len|length|size|Boolean|bool|any|all|every|some|type|typeof|isinstance|id|int|Number|parseInt|keys|omit|without|except|exclude|repeat|replace|replaceAll|sub|seal|getenv_bool|strength|zxcvbn|estimate|cwd|getcwd)(?![a-z])/;

/**
 * Whether the name of a function says that its result reveals little or nothing of a secret argument: `mask(token)`,
 * `isValid(password)`, `len(password)`.
 */
export function isHarmlessCall(name: string): boolean {
  return questions.test(name) || (masks.test(name) && !/decrypt|unhash|unmask/i.test(name));
}

/** Matches the names of methods that return a part of a text or list. */
export const partMethods: RegExp =
  /^(slice|substr|substring|charAt|at|split|rsplit|partition|rpartition|removeprefix|removesuffix|trimStart|pop|shift)$/;

/** Matches the names of functions and methods that return their argument or receiver in another form. */
export const passingCalls: RegExp =
  /^(String|str|repr|bytes|bytearray|stringify|dumps|inspect|format|sprintf|format_map|join|concat|encode|decode|toString|valueOf|trim|strip|rstrip|lstrip|lower|upper|toLowerCase|toUpperCase|padStart|padEnd|ljust|rjust|hex|items|entries|values|fromEntries|copy|deepcopy|cloneDeep|structuredClone|dict|list|tuple|sorted|assign|merge|from|encodeURIComponent|encodeURI|quote|quote_plus|urlencode|b64encode|b64decode|urlsafe_b64encode|btoa|atob|pformat|pretty|toJSON|toObject|model_dump|asdict|vars|dedent|get_secret_value|substitute|safe_substitute|URLSearchParams|Buffer|red|green|yellow|blue|cyan|magenta|bold|white|gray|grey|dim|underline|util|safe_dump|dump|yaml|chain|freeze|seal|then|unwrap|reverse|filterNone)$/;

/** Matches the names of methods that put their argument into their receiver. */
export const puttingCalls: RegExp =
  /^(push|append|add|extend|insert|unshift|update|write|set|setdefault|assign|writelines|concat)$/;

/** Matches the names of functions whose first argument names what they read: `getenv('TOKEN')`. */
export const readingCalls: RegExp =
  /^(get|getItem|getenv|env|config|header|param|params|query|fetch|require|required|requireEnv|getEnv|getOrThrow|getProperty|getAttribute|get_or_throw|field|getlist|getAll|get_secret|getSecret|cookie|get_argument|get_body_argument|get_query_argument|getSecretValue|read_secret|pop|setdefault|decouple|getString)$/;

/**
 * Matches the verb of a function that makes or gets a value: `generatePassword`, `create_api_key`. The rest of the name says what
 * the function returns.
 */
export const makingVerbs: RegExp =
  /^(get|generate|create|make|read|fetch|load|decrypt|random|new|ask|ask_for|prompt|retrieve|obtain|issue|sign|build|gen|mint|derive|extract|parse|request|acquire|current|lookup|resolve|find|rotate|encode)(_for|_a|For|_?(?=[A-Z_]))/;
