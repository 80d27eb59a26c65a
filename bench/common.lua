-- Shared by the wrk scripts. `targets` is written by run.py for each run: lists to draw from, and what is sent along.
-- Every thread draws its own random sequence.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function prepare(args)
  dofile(args[1])
  -- Several runs may start in the same second.
  math.randomseed(os.time() * 64 + number + 1000003 * (targets.seed or 0))
end

function any(list)
  return list[math.random(#list)]
end

-- Errors are what is not 2xx or 3xx; run.py reads this line.
function done(summary, latency, requests)
  io.write(string.format(
    "RESULT %d %d %d %d %.1f %.1f %.1f\n",
    summary.requests, summary.duration, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
