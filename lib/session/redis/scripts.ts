import { mostSteps, racingMs, replacedMs } from '../session-store.ts';

/**
 * Each operation is one script, so that Redis runs it whole or not at all. KEYS[1] is the prefix; all keys of a cluster's one
 * hash slot begin with it: `s:` and the key of a session are its record, `u:` and a user are their sessions with the time of each
 * beginning, `r:` and a key tell what took the place of an ended record.
 *
 * Fields of a record: u user, c beginning, s last seen, a User-Agent, p address, v version, n bytes, w token of the last change,
 * r run of the server, and `d:` with each key of the data. Times are of Redis's clock, in milliseconds.
 *
 * A Redis without an append-only file comes back with an old snapshot: with what was revoked since, too. So a record counts only in the
 * run of the server in which it was made.
 */
const shared = `
local base = KEYS[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function record(key) return base .. 's:' .. key end
local function index(user) return base .. 'u:' .. user end

local run = strict and string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local function inThisRun(key) return not strict or redis.call('HGET', record(key), 'r') == run end

-- A session that its user's index does not know could not be found to be revoked: if Redis evicted the index, it is over.
local function alive(key)
  local user = redis.call('HGET', record(key), 'u')
  if not user then return redis.call('EXISTS', record(key)) == 1 and inThisRun(key) end
  if redis.call('ZSCORE', index(user), key) and inThisRun(key) then return true, user end
  redis.call('DEL', record(key))
  return false
end

local function mark(key)
  if strict then redis.call('HSET', record(key), 'r', run) end
end

local function drop(key, user)
  if user then redis.call('ZREM', index(user), key) end
  return redis.call('DEL', record(key))
end

local function expire(key, created, idle, absolute)
  redis.call('PEXPIREAT', record(key), string.format('%.0f', math.min(now + idle, created + absolute)))
end

local function enlist(key, user, absolute, most)
  local name = index(user)
  redis.call('ZADD', name, now, key)
  if redis.call('PTTL', name) < absolute then redis.call('PEXPIRE', name, absolute) end
  if redis.call('ZCARD', name) <= most then return end
  local open = {}
  for _, other in ipairs(redis.call('ZRANGE', name, 0, -1)) do
    local last = redis.call('HGET', record(other), 's')
    if not last then redis.call('ZREM', name, other)
    elseif other ~= key then table.insert(open, { tonumber(last), other }) end
  end
  table.sort(open, function(one, other) return one[1] < other[1] end)
  for i = 1, #open + 1 - most do drop(open[i][2], user) end
end

local function put(key, from, count)
  local bytes = 0
  for i = from, from + 2 * count - 2, 2 do
    redis.call('HSET', record(key), 'd:' .. ARGV[i], ARGV[i + 1])
    bytes = bytes + #ARGV[i] + #ARGV[i + 1]
  end
  return bytes
end

-- How many bytes the keys and values from ARGV[from] on add.
local function growth(key, from, count)
  local bytes = 0
  for i = from, from + 2 * count - 2, 2 do
    local before = redis.call('HGET', record(key), 'd:' .. ARGV[i])
    bytes = bytes + #ARGV[i + 1] - (before and #before or -#ARGV[i])
  end
  return bytes
end
`;

/** key, idle, absolute, touch. */
const read = `
local key, idle, absolute, touch = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local living, user = alive(key)
if not living then return redis.call('PTTL', base .. 'r:' .. key) > ${replacedMs - racingMs} and 'replaced' or false end
local fields = redis.call('HGETALL', record(key))
local created, last = 0, 0
for i = 1, #fields, 2 do
  if fields[i] == 'c' then created = tonumber(fields[i + 1]) end
  if fields[i] == 's' then last = tonumber(fields[i + 1]) end
end
if now >= created + absolute then
  drop(key, user)
  return false
end
if now - last >= touch then
  expire(key, created, idle, absolute)
  -- Where memory is full, Redis refuses this one, and a session that there is must still be read.
  redis.pcall('HSET', record(key), 's', now)
end
return fields
`;

/** key, user, User-Agent, address, idle, absolute, most, number of keys, keys and values. An empty text is none. */
const create = `
local key, user = ARGV[1], ARGV[2]
local idle, absolute = tonumber(ARGV[5]), tonumber(ARGV[6])
if redis.call('EXISTS', record(key)) == 1 then return false end
local bytes = put(key, 9, tonumber(ARGV[8]))
redis.call('HSET', record(key), 'c', now, 's', now, 'v', 0, 'n', bytes, 'a', ARGV[3], 'p', ARGV[4])
mark(key)
if user ~= '' then
  redis.call('HSET', record(key), 'u', user)
  enlist(key, user, absolute, tonumber(ARGV[7]))
end
expire(key, now, idle, absolute)
return string.format('%.0f', now)
`;

/** As create; then from, whether it begins anew, and the most bytes, in front of the number of keys. */
const replace = `
local key, user = ARGV[1], ARGV[2]
local idle, absolute = tonumber(ARGV[5]), tonumber(ARGV[6])
local from, begins, most, count = ARGV[8], ARGV[9] == '1', tonumber(ARGV[10]), tonumber(ARGV[11])
local living, former = alive(from)
if not living then
  -- A client that lost the answer sends the command again.
  if redis.call('GET', base .. 'r:' .. from) == key and alive(key) then return redis.call('HGETALL', record(key)) end
  return 'gone'
end
local created = tonumber(redis.call('HGET', record(from), 'c'))
if begins then
  local foreign = former and former ~= user
  local bytes = foreign and 0 or tonumber(redis.call('HGET', record(from), 'n'))
  if foreign then
    for i = 12, 10 + 2 * count, 2 do bytes = bytes + #ARGV[i] + #ARGV[i + 1] end
  else
    bytes = bytes + growth(from, 12, count)
  end
  if bytes > most then return 'too-large' end
  if foreign then
    for _, field in ipairs(redis.call('HKEYS', record(from))) do
      if string.sub(field, 1, 2) == 'd:' then redis.call('HDEL', record(from), field) end
    end
  end
  created = now
  put(from, 12, count)
  redis.call('HSET', record(from), 'u', user, 'c', now, 's', now, 'n', bytes)
else
  user = former or ''
end
redis.call('HSET', record(from), 'a', ARGV[3], 'p', ARGV[4])
redis.call('HINCRBY', record(from), 'v', 1)
redis.call('RENAME', record(from), record(key))
if former then redis.call('ZREM', index(former), from) end
if user ~= '' then enlist(key, user, absolute, tonumber(ARGV[7])) end
if begins then expire(key, created, idle, absolute) end
redis.call('SET', base .. 'r:' .. from, key, 'PX', ${replacedMs})
return redis.call('HGETALL', record(key))
`;

/** key, most bytes, version or an empty text, token, number of keys to set, keys and values, keys to delete. */
const patch = `
local key, most, version, token, count = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], tonumber(ARGV[5])
if not alive(key) then return 'gone' end
local has = redis.call('HMGET', record(key), 'w', 'v', 'n')
if has[1] == token then return 'changed' end
if version ~= '' and has[2] ~= version then return 'conflict' end
local more = growth(key, 6, count)
for i = 6 + 2 * count, #ARGV do
  local before = redis.call('HGET', record(key), 'd:' .. ARGV[i])
  if before then more = more - #before - #ARGV[i] end
end
local bytes = tonumber(has[3]) + more
if bytes > most and more > 0 then return 'too-large' end
put(key, 6, count)
for i = 6 + 2 * count, #ARGV do redis.call('HDEL', record(key), 'd:' .. ARGV[i]) end
redis.call('HSET', record(key), 'n', bytes, 'w', token, 'v', tonumber(has[2]) + 1)
return 'changed'
`;

/** key, user or an empty text. */
const remove = `
local key = ARGV[1]
for _ = 1, ${mostSteps} do
  local living, user = alive(key)
  if living then
    if ARGV[2] ~= '' and user ~= ARGV[2] then return 0 end
    return drop(key, user)
  end
  key = redis.call('GET', base .. 'r:' .. key)
  if not key then return 0 end
end
return 0
`;

/** user, key to keep or an empty text. */
const removeAll = `
local ended, kept, own = 0, {}, ARGV[2] ~= '' and ARGV[2]
for _ = 1, ${mostSteps} do
  if not own then break end
  kept[own] = true
  own = redis.call('GET', base .. 'r:' .. own)
end
for _, key in ipairs(redis.call('ZRANGE', index(ARGV[1]), 0, -1)) do
  if not kept[key] and alive(key) then ended = ended + drop(key, ARGV[1]) end
end
return ended
`;

/** user. */
const list = `
local found = {}
for _, key in ipairs(redis.call('ZRANGE', index(ARGV[1]), 0, -1)) do
  if alive(key) then
    local fields = redis.call('HMGET', record(key), 'c', 's', 'a', 'p')
    table.insert(found, { key, fields[1], fields[2], fields[3], fields[4] })
  else
    redis.call('ZREM', index(ARGV[1]), key)
  end
end
return found
`;

export type ScriptName = 'read' | 'create' | 'replace' | 'patch' | 'remove' | 'removeAll' | 'list';

const bodies: Scripts = { read, create, replace, patch, remove, removeAll, list };

export type Scripts = Readonly<Record<ScriptName, string>>;

/** @param strict whether this Redis may come back with an old snapshot */
export function scriptsOf(strict: boolean): Scripts {
  const head = `local strict = ${strict}\n${shared}`;
  return Object.freeze(
    Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, head + body])) as Record<
      ScriptName,
      string
    >,
  );
}
