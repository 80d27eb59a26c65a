-- Exact customer searches for the addresses of thirty customers: a role sees so many new ones in a minute and no more, and
-- whom it has seen today costs what anybody costs.
local folder = debug.getinfo(1, "S").source:match("@(.*/)")
dofile(folder .. "common.lua")

function init(args)
  prepare(args)
end

function request()
  local body = '{"email":"' .. string.format(targets.email, math.random(30) * math.floor(targets.customers / 30) - 1) .. '"}'
  return wrk.format("POST", targets.path, targets.headers, body)
end
