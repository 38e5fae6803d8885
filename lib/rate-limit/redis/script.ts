import { createHash } from 'node:crypto';

/** A Lua script, which Redis runs as one atomic step. */
export interface Script {
  readonly text: string;
  /** What `EVALSHA` knows it by, once a server has it. */
  readonly sha1: string;
}

/**
 * A counter's value is its number of points, followed by the ids of the latest calls that gave points back: a client that lost its
 * connection before the answer came sends its command again, as ioredis does by default.
 */
const readCounter = `
local function read(key)
  local used, ids = string.match(redis.call('GET', key), '^(%d+)(.*)$')
  return tonumber(used), ids
end
`;

/** At 9 bytes each. Beyond this number of calls under way on one counter, a command that is sent again may count twice. */
const keptIds = 64;

/**
 * Counts points. ARGV: the points, the window in milliseconds, the limit. Returns whether they were counted, how many are used, and
 * what is left of the window in milliseconds. (`PTTL` is -2 without a key, and -1 for a key that never expires.)
 */
export const countPoints: Script = scriptOf(`${readCounter}
local points, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local left = redis.call('PTTL', KEYS[1])
local used, ids = 0, ''
if left > 0 then used, ids = read(KEYS[1]) end
if used + points > tonumber(ARGV[3]) then
  if left <= 0 then left = window end
  return {0, used, left}
end
if left <= 0 then left = window end
redis.call('SET', KEYS[1], string.format('%d', used + points) .. ids, 'PX', left)
return {1, used + points, left}
`);

/**
 * Takes points back, once for each id. ARGV: the points, what was left of their window in milliseconds, and an id of 8 characters. A
 * window that has longer to run is a later one, and is left as it is.
 */
export const giveBackPoints: Script = scriptOf(`${readCounter}
local left = redis.call('PTTL', KEYS[1])
if left <= 0 or left > tonumber(ARGV[2]) then return 0 end
local used, ids = read(KEYS[1])
if string.find(ids, ARGV[3], 1, true) then return 0 end
local points = math.min(tonumber(ARGV[1]), used)
ids = string.sub(ids .. ' ' .. ARGV[3], ${-9 * keptIds})
redis.call('SET', KEYS[1], string.format('%d', used - points) .. ids, 'PX', left)
return points
`);

/** Removes a counter, and returns how many points it had. */
export const clearPoints: Script = scriptOf(`${readCounter}
local used = 0
if redis.call('PTTL', KEYS[1]) > 0 then used = read(KEYS[1]) end
redis.call('DEL', KEYS[1])
return used
`);

function scriptOf(text: string): Script {
  return Object.freeze({ text, sha1: createHash('sha1').update(text).digest('hex') });
}
