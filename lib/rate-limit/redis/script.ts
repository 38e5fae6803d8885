import { createHash } from 'node:crypto';

/** A Lua script, which Redis runs as one atomic step. */
export interface Script {
  readonly text: string;
  /** What `EVALSHA` knows it by, once a server has it. */
  readonly sha1: string;
}

/**
 * Counts points. ARGV: the points, the window in milliseconds, the limit. Returns whether they were counted, how many are used, and
 * what is left of the window in milliseconds. (`PTTL` is -2 without a key, and -1 for a key that never expires.)
 */
export const countPoints: Script = scriptOf(`
local points, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local left = redis.call('PTTL', KEYS[1])
local used = 0
if left > 0 then used = tonumber(redis.call('GET', KEYS[1])) end
if used + points > tonumber(ARGV[3]) then
  if left <= 0 then left = window end
  return {0, used, left}
end
if left > 0 then return {1, redis.call('INCRBY', KEYS[1], points), left} end
redis.call('SET', KEYS[1], points, 'PX', window)
return {1, points, window}
`);

/**
 * Takes points back. ARGV: the points, and what was left of their window in milliseconds. A window that has longer to run is a later
 * one, and is left as it is.
 */
export const giveBackPoints: Script = scriptOf(`
local left = redis.call('PTTL', KEYS[1])
if left <= 0 or left > tonumber(ARGV[2]) then return 0 end
local used = tonumber(redis.call('GET', KEYS[1]))
local points = math.min(tonumber(ARGV[1]), used)
if points > 0 then redis.call('DECRBY', KEYS[1], points) end
return points
`);

/** Removes a counter, and returns how many points it had. */
export const clearPoints: Script = scriptOf(`
local used = 0
if redis.call('PTTL', KEYS[1]) > 0 then used = tonumber(redis.call('GET', KEYS[1])) end
redis.call('DEL', KEYS[1])
return used
`);

function scriptOf(text: string): Script {
  return Object.freeze({ text, sha1: createHash('sha1').update(text).digest('hex') });
}
