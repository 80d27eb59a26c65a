-- Bookings of free times, each asked for once: thread n of m takes every m-th; the run ends with the times.
local folder = debug.getinfo(1, "S").source:match("@(.*/)")
dofile(folder .. "common.lua")

local position
local slots = {}

function init(args)
  prepare(args)
  position = number - targets.threads
  for line in io.lines(targets.slots_file) do
    slots[#slots + 1] = { line:match("(%S+) (%S+) (%S+)") }
  end
end

function request()
  position = position + targets.threads
  local slot = slots[position]
  if not slot then
    -- wrk sleeps until its time is over; the signal ends it now, so that the rate is right.
    os.execute("(sleep 0.02; kill -INT $PPID) &")
    wrk.thread:stop()
    slot = slots[number]
  end
  local random = string.format("%08x%08x", math.random(0, 0x7fffffff), math.random(0, 0x7fffffff))
  targets.headers["Idempotency-Key"] = random .. position
  local body = string.format(
    '{"service":"%s","start":"%s","staff":"%s","customer":{"name":"Rasa %s","email":"r%s@example.com","phone":"+3706%07d"}}',
    slot[1], slot[2], slot[3], random:sub(1, 6), random, math.random(0, 9999999))
  return wrk.format("POST", targets.path, targets.headers, body)
end
