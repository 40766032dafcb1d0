# The attacks of load/attacks/run.sh. A new one: its name in the list and attack_NAME, which says
#   title WORDS                    what the results call it
#   by VERB OPTION...              the attacker (load/attacks/Attack); {http} is the server's address for HTTP/1.1, {h2c} and {https} for HTTP/2 without and with TLS
#   judge() { ... }                what of the figures counts (measuring.sh); without it: that others are served
# and what differs from what `set_attack` says.
attacks=(
    unread-script unread-script-tls unread-debug unread-page unread-file unread-trickle unread-http1
    unread-512 unread-256 unread-128
    idle-connections idle-kept proxy-connections
    odd-queries odd-proxied odd-debug odd-hosts
    descriptors-256 descriptors-1024
    slow-readers-http2 slow-readers-http1
    log-refused log-rapid-reset log-connections log-odd log-broken log-abandoned log-malformed-http1 log-malformed-http2 log-malformed-tls
    google-large google-debug google-512 google-drip google-drip-debug google-slow-headers google-endless-headers google-endless-body google-gzip google-brotli
    flood-rapid-reset flood-made-you-reset flood-continuation flood-settings flood-ping flood-window-update flood-priority flood-empty-data
    slow-headers-http1 slow-headers-http2 slow-uploads-http1 slow-uploads-http2
)

# Whose X-Forwarded-For is believed.
proxy=127.0.0.200
script="/f807/?id=G-RACE1"

set_attack() {
    coverage=official cache=67108864 limits= memory= descriptors= google= peers="nginx bare-yarp"
    # How long it lasts, and how long the server is watched after it.
    seconds=20 recovery=1
    probe_from=127.0.0.100 probe_rate=20 probe_paths=("$script" /pages/200.html) probe_headers=()
    judge() { judge_others; }
    strike() { attack_for "$1" "${attacker[@]}"; }
    "attack_$attack"
}

takes_part() { [[ $server == taggateway || " $peers " == *" $server "* ]]; }

title() { title=$*; }
by() { attacker=("$@"); }

# attack_for SECONDS VERB OPTION...
attack_for() {
    local length=$1 option options=()
    for option in "${@:2}"; do
        option=${option/\{http\}/http:\/\/127.0.0.1:${port[$server]}}
        option=${option/\{h2c\}/h2c:\/\/127.0.0.1:${h2c[$server]}}
        options+=("${option/\{https\}/https:\/\/127.0.0.1:${https[$server]}}")
    done
    attack "${options[@]}" --seconds "$length"
}

# ── Responses that nobody reads
attack_unread-script() {
    title "10 connections × 100 streams of HTTP/2 whose windows stay closed: the cached script, 450 KB"
    unread --url {h2c} --streams 100 --path "$script"
}
attack_unread-script-tls() {
    title "the same over TLS"
    unread --url {https} --streams 100 --path "$script"
}
attack_unread-debug() {
    title "the same of Tag Assistant's script, which is never cached"
    unread --url {h2c} --streams 100 --path "$script&gtm_debug=x"
}
attack_unread-page() {
    title "the same of a page of 200 KB, whose tag is rewritten"
    unread --url {h2c} --streams 100 --path /pages/200.html
}
attack_unread-file() {
    title "the same of a file of the website, 1 MB"
    unread --url {h2c} --streams 100 --path /pages/1mb.jpg
}
attack_unread-trickle() {
    title "the cached script, each stream's window opened by a byte a second"
    unread --url {h2c} --streams 100 --path "$script" --trickle 1
    deadline=
}
attack_unread-http1() {
    title "1,000 connections of HTTP/1.1 that read a byte a second of the cached script"
    unread --url {http} --connections 1000 --path "$script" --trickle 1
    deadline=
}
unread() {
    by unread --connections 10 "$@"
    seconds=45 recovery=29 deadline=yes
    judge() {
        count "MB per 1,000 streams" "$(calc "(${seen[memory.peak]} - ${seen[memory.first]}) * 1000 / ${got[asked]}")" "<=" "$(most 76 "${figure["$attack nginx MB per 1,000 streams"]:-76}")" MB
        if [[ $server == taggateway ]]; then     # the others are not attacked for so long, and not watched afterwards
            count "streams reset, of ${got[asked]}" "${got[reset]}" "${deadline:+>=}" "${deadline:+${got[asked]}}"
            count "MB not given back 30 s later" "$((seen[memory.last] - seen[memory.first]))" "<=" 32 MB
        fi

        judge_others
    }
}

attack_unread-512() { unread_within 512; }
attack_unread-256() { unread_within 256; }
attack_unread-128() { unread_within 128; }
unread_within() {
    title "100 connections × 100 streams from ten addresses, of scripts, pages and files, asked for again when they are reset; in a cgroup of $1 MB"
    by unread --url {h2c} --connections 100 --sources 10 --streams 100 --again yes --path "$script" --path "$script&gtm_debug=x" --path /pages/200.html --path /pages/1mb.jpg
    memory=$1 seconds=30
    judge() { judge_others 100; }
}

# ── Connections that do nothing
attack_idle-connections() {
    title "10,000 connections from one address that send nothing, and come back when they are closed"
    idle --url {http} --kind silent
}
attack_idle-kept() {
    title "10,000 connections of HTTP/2 from one address that have sent one request"
    idle --url {h2c} --kind keep-alive --path "/f807/?id=G-RACE2"
}
idle() {
    by idle --connections 10100 "$@"
    seconds=30
    judge() {
        count "connections held" "${got[held]}"
        judge_others
    }
}
attack_proxy-connections() {
    title "no attack: 2,000 kept connections of a trusted proxy, which has many clients, are its right"
    by idle --url {http} --from "$proxy" --connections 2000 --kind keep-alive --path "/f807/?id=G-RACE2"
    peers= probe_from=$proxy probe_headers=("X-Forwarded-For: 203.0.113.7")
    judge() {
        count "connections held, of 2,000" "${got[held]}" ">=" 2000
        judge_others
    }
}

# ── Requests that cost the server much
attack_odd-queries() {
    title "full coverage: 50 odd queries a second from one client; others are of regions whose script is not cached yet, and halfway everything is purged"
    odd --url {http} --path "$script&x={n}"
}
attack_odd-proxied() {
    title "the same behind a trusted proxy, by one of its clients"
    odd --url {http} --path "$script&x={n}" --from "$proxy" --header "X-Forwarded-For: 203.0.113.66"
}
attack_odd-debug() {
    title "the same with Tag Assistant's script"
    odd --url {http} --path "$script&gtm_debug={n}"
}
attack_odd-hosts() {
    title "the same with a new Host each time, on a site of all hosts"
    odd --url {http} --path "$script" --host "h{n}.shop.example"
}
odd() {
    by requests --rate 50 "$@"
    coverage=full peers= probe_from=$proxy probe_rate=2
    probe_paths=("$script") probe_headers=("X-Forwarded-For: 203.0.113.7" "X-Forwarded-CountryRegion: {region}")
    strike() {
        attack_for "$1" "${attacker[@]}" &
        local attacker=$!
        sleep "$(($1 / 2))"
        curl --silent --fail --max-time 10 --output /dev/null --header "Content-Type: application/json" --data '{"all":true}' "http://127.0.0.1:$admin_port/api/purge" || echo "attacks: the purge failed" >&2
        wait "$attacker"
    }
    judge() {
        count "odd requests: CPU each" "$(calc "1000 * ${seen[cpu]} / ${got[asked]}")" "" "" ms
        count "odd requests: ended as" "${got[statuses]}"
        count "others: redirected to Google" "$(sum others redirected)" = 0
        judge_others 500
    }
}

# ── Descriptors
attack_descriptors-256() { short_of_descriptors 256; }
attack_descriptors-1024() { cache=268435456; short_of_descriptors 1024; }
short_of_descriptors() {
    title "\`ulimit -n $1\`: 1,100 odd queries, whose scripts are cached, then 1,300 connections that send nothing"
    descriptors=$1
    strike() {
        attack_for "$(($1 / 2))" requests --url {http} --rate 250 --count 1100 --path "$script&x={n}" > "$work/odd.out"
        attack_for "$(($1 / 2))" idle --url {http} --connections 1300 --kind silent
    }
    judge() {
        count "descriptors, at most" "${seen[descriptors.peak]}"
        count "CPU of a second" "$(calc "${seen[cpu]} / $((seconds + recovery + 4))")" "<=" 0.5 s
        judge_others
    }
}

# ── Slow readers of the website
attack_slow-readers-http2() {
    title "one HTTP/2 connection with 50 unread responses of 20 MB of the website; \`limits.originConnections\` 20"
    slow_readers --url {h2c} --connections 1 --streams 50
}
attack_slow-readers-http1() {
    title "the same over 50 connections of HTTP/1.1"
    slow_readers --url {http} --connections 50
}
slow_readers() {
    by unread --path /pages/20mb.jpg "$@"
    limits='"originConnections": 20'
    judge() {
        count "connections to the origin, at most" "${seen[upstream.peak]}" "<=" 20
        judge_others
    }
}

# ── Bytes in the log
attack_log-refused() {
    title "requests of HTTP/2 that are refused at once"
    logs flood --url {h2c} --kind refused --connections 2 --rate 2000 --path /
}
attack_log-rapid-reset() {
    title "requests of HTTP/2 that are cancelled at once"
    logs flood --url {h2c} --kind rapid-reset --connections 2 --rate 5000 --path "$script&x={n}"
}
attack_log-connections() {
    title "12,000 connections, more than the gateway takes"
    logs idle --url {http} --connections 12000 --kind silent
}
attack_log-odd() {
    title "full coverage: odd queries whose scripts cannot be rewritten"
    logs requests --url {http} --rate 50 --path "$script&x={n}"
    coverage=full google=unreadable
}
attack_log-broken() {
    title "pages of the website that fail, and others between them"
    logs requests --url {http} --rate 200 --path /broken --path /pages/200.html
}
attack_log-abandoned() {
    title "files of the website whose download is broken off"
    logs requests --url {http} --rate 100 --path /pages/20mb.jpg --abandon yes
}
attack_log-malformed-http1() {
    title "malformed requests of HTTP/1.1"
    logs malformed --url {http} --rate 300
}
attack_log-malformed-http2() {
    title "malformed requests of HTTP/2"
    logs malformed --url {h2c} --rate 300
}
attack_log-malformed-tls() {
    title "malformed handshakes, and malformed requests over TLS"
    logs malformed --url {https} --rate 100
}
logs() {
    by "$@"
    peers= seconds=10
    judge() {
        count "log bytes" "${seen[log]}"
        count "log bytes per attack byte" "$(calc "${seen[log]} / ${got[sent]}")" "<=" 0.01
        judge_others
    }
}

# ── A hostile Google
attack_google-large() {
    title "256 odd loads, which get 15.9 MB each; \`limits.memoryBytes\` 128 MB"
    from_google large "x" 256
}
attack_google-debug() {
    title "200 loads of Tag Assistant, which get 15.9 MB each; the same limit"
    from_google large "gtm_debug" 200
}
attack_google-512() {
    title "200 loads of both kinds, which get 15.9 MB each, in a cgroup of 512 MB"
    from_google large x 200
    by requests --url {http} --rate 100 --count 200 --path "$script&x={n}" --path "$script&gtm_debug={n}"
    limits= memory=512
}
attack_google-drip() {
    title "100 odd loads, which get 14 MB, then a byte a second; the same limit"
    from_google drip "x" 100
}
attack_google-drip-debug() {
    title "the same with loads of Tag Assistant"
    from_google drip "gtm_debug" 100
}
attack_google-slow-headers() {
    title "100 odd loads, which get a header a second, without end"
    from_google slow-headers "x" 100
}
attack_google-endless-headers() {
    title "100 odd loads, which get headers without end"
    from_google endless-headers "x" 100
}
attack_google-endless-body() {
    title "100 odd loads, which get a body without end"
    from_google endless-body "x" 100
}
attack_google-gzip() {
    title "100 odd loads, which get 10 MB that unpack to 10 GB"
    from_google gzip-bomb "x" 100
}
attack_google-brotli() {
    title "100 odd loads, which get a kilobyte that unpacks to a gigabyte"
    from_google brotli-bomb "x" 100
}
# from_google KIND PARAMETER LOADS
from_google() {
    by requests --url {http} --rate 100 --count "$3" --path "$script&$2={n}"
    google=$1 peers= recovery=29 limits='"memoryBytes": 134217728'
    judge() {
        count "MB more than before" "$((seen[memory.peak] - seen[memory.first]))" "<=" 256 MB
        count "MB not given back 30 s later" "$((seen[memory.last] - seen[memory.first]))" "<=" 128 MB
        count "responses of Google still taken then, of ${hostile[hostile]}" "${hostile[open]}" = 0
        count "odd requests: ended as" "${got[statuses]}"
        judge_others
    }
}

# ── Floods of HTTP/2
attack_flood-rapid-reset() { flood "requests, each cancelled at once"; }
attack_flood-made-you-reset() { flood "requests, each of which the server is made to reset"; }
attack_flood-continuation() { flood "CONTINUATION: headers without end, and empty ones"; }
attack_flood-settings() { flood "SETTINGS"; }
attack_flood-ping() { flood "PING"; }
attack_flood-window-update() { flood "WINDOW_UPDATE"; }
attack_flood-priority() { flood "PRIORITY"; }
attack_flood-empty-data() { flood "a body of empty DATA frames"; }
flood() {
    title "20,000 frames a second on 10 connections, of which five read nothing: $1"
    by flood --url {h2c} --kind "${attack#flood-}" --connections 10 --rate 20000 --path "/f807/?id=G-RACE2&x={n}"
    seconds=15
    judge() {
        count "frames sent" "${got[frames]}"
        count "MB more than before" "$((seen[memory.peak] - seen[memory.first]))" "<=" 128 MB
        count "others: p50" "$(worst others p50)" "<=" "$(most 25 "$(calc "3 * $(worst calm p50)")")" ms
        judge_others
    }
}

# ── Requests that do not come to their end
attack_slow-headers-http1() {
    title "1,000 connections of HTTP/1.1 that send a header a second, without end"
    slow --url {http} --kind headers --connections 1000
}
attack_slow-headers-http2() {
    title "the same of HTTP/2"
    slow --url {h2c} --kind headers --connections 1000
}
attack_slow-uploads-http1() {
    title "1,000 connections of HTTP/1.1 that upload a byte a second to the website; \`limits.originConnections\` 200"
    slow --url {http} --kind upload --connections 1000
}
attack_slow-uploads-http2() {
    title "10 connections × 100 streams that upload a byte a second to the website; the same limit"
    slow --url {h2c} --kind upload --connections 10 --streams 100
}
slow() {
    by slow --path /upload "$@"
    seconds=30 limits='"originConnections": 200'
    judge() {
        count "connections that the server ended" "${got[ended]}"
        count "connections to the origin, at most" "${seen[upstream.peak]}" "<=" 200
        count "MB more than before" "$((seen[memory.peak] - seen[memory.first]))" "<=" 128 MB
        judge_others
    }
}
