-- GETs of random paths.
local folder = debug.getinfo(1, "S").source:match("@(.*/)")
dofile(folder .. "common.lua")

function init(args)
  prepare(args)
end

function request()
  return wrk.format("GET", any(targets.paths)(), targets.headers)
end
