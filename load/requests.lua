-- One request again and again, for wrk: wrk ... -s requests.lua URL -- METHOD TARGET BODY "Name: value"...
-- Ends with one line for race.sh: RESULT requests microseconds p50 p99 bad bytes
function init(args)
    for i = 4, #args do
        local name, value = args[i]:match("^([^:]+): (.*)$")
        wrk.headers[name] = value
    end
    bytes = wrk.format(args[1], args[2], nil, args[3] ~= "" and args[3] or nil)
end

function request()
    return bytes
end

function done(summary, latency)
    local errors = summary.errors
    local bad = errors.status + errors.connect + errors.read + errors.write + errors.timeout
    io.write(string.format("RESULT %d %d %d %d %d %d\n",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), bad, summary.bytes))
end
