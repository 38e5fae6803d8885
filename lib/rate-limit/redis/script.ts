/**
 * Counts points in one atomic step. ARGV: the points, the window in seconds, the limit. Returns the points and what is left of the
 * window in milliseconds.
 *
 * Negative points are given back: ARGV[2] is then what was left of the window that they were counted in. A window that has
 * longer to run is a later one, and is left as it is. (`PTTL` is -2 without a key, and -1 for a key that never expires.)
 */
export const script = `
local points = tonumber(ARGV[1])
local window = tonumber(ARGV[2]) * 1000
local left = redis.call('PTTL', KEYS[1])
local used = 0
if left > 0 then used = tonumber(redis.call('GET', KEYS[1])) or 0 end
if points < 0 then
  if left > 0 and left <= window and used > 0 then
    used = redis.call('INCRBY', KEYS[1], math.max(points, -used))
  end
  return {used, left}
end
if used + points > tonumber(ARGV[3]) then
  if left <= 0 then left = window end
  return {used + points, left}
end
if left > 0 then return {redis.call('INCRBY', KEYS[1], points), left} end
redis.call('SET', KEYS[1], points, 'PX', window)
return {points, window}
`;
