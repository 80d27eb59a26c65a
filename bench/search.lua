-- Exact customer searches for random addresses.
local folder = debug.getinfo(1, "S").source:match("@(.*/)")
dofile(folder .. "common.lua")

function init(args)
  prepare(args)
end

function request()
  local body = '{"email":"' .. string.format(targets.email, math.random(targets.customers) - 1) .. '"}'
  return wrk.format("POST", targets.path, targets.headers, body)
end
