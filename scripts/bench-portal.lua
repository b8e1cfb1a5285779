-- wrk's requests of readers of a large site: now and then the first page and a page of a list, mostly single items, a
-- third of them popular ones. WRK_PATHS names a file with the paths of items; WRK_EVERY, where set, makes each
-- connection wait so many milliseconds before it asks again.
local paths = {}
for line in io.lines(os.getenv("WRK_PATHS")) do paths[#paths + 1] = line end
local wait = tonumber(os.getenv("WRK_EVERY") or "0")
local asked = 0

if wait > 0 then
  function delay() return wait end
end

function request()
  asked = asked + 1
  local path
  if asked % 20 == 0 then path = "/tin-tuc?trang=" .. math.random(1, 500)
  elseif asked % 20 == 1 then path = "/"
  elseif asked % 20 == 2 then path = "/tin-tuc"
  elseif asked % 3 == 0 then path = paths[math.random(1, math.min(200, #paths))]
  else path = paths[math.random(1, #paths)] end
  return wrk.format("GET", path)
end
