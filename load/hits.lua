-- Measurement hits for wrk: wrk ... -s hits.lua URL -- query|body
-- query: POST with 1 KB of query, as a page view is sent, with the headers of a browser. body: the same with a batch of events as its body.
-- Ends with one line for race.sh: RESULT requests microseconds p50 p99 bad
function init(args)
    local query = "v=2&tid=G-RACE1&gtm=45je51&_p=1700000000&cid=1234567890.1700000000&ul=en-us&sr=1920x1080&en=page_view&dl="
    query = query .. string.rep("x", 1024 - #query)
    wrk.method = "POST"
    wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
    wrk.headers["Origin"] = "http://www.shop.example"
    wrk.headers["Referer"] = "http://www.shop.example/products/1"
    wrk.headers["Accept"] = "*/*"
    wrk.headers["Accept-Encoding"] = "gzip, deflate, br, zstd"
    wrk.headers["Accept-Language"] = "en-US,en;q=0.9"
    wrk.headers["Sec-CH-UA"] = '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"'
    wrk.headers["Sec-CH-UA-Mobile"] = "?0"
    wrk.headers["Sec-CH-UA-Platform"] = '"Linux"'
    wrk.headers["Sec-Fetch-Dest"] = "empty"
    wrk.headers["Sec-Fetch-Mode"] = "no-cors"
    wrk.headers["Sec-Fetch-Site"] = "same-origin"
    wrk.headers["Cookie"] = "session=0123456789abcdef0123456789abcdef; theme=light; _ga=GA1.1.1234567890.1700000000; _ga_RACE1=GS2.1.s1700000000$o1$g0$t1700000000$j60$l0$h0"
    wrk.headers["Content-Type"] = "text/plain;charset=UTF-8"
    wrk.body = args[1] == "body" and string.rep("en=scroll&_et=1000&epn.percent_scrolled=90\r\n", 6) or nil
    hit = wrk.format(nil, "/f807/g/collect?" .. query)
end

function request()
    return hit
end

function done(summary, latency)
    local errors = summary.errors
    local bad = errors.status + errors.connect + errors.read + errors.write + errors.timeout
    io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), bad))
end
