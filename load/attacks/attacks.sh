# The attacks of load/attacks/run.sh. A new one: its name in the list and attack_NAME, which says
#   title WORDS                    what README.md calls it
#   by VERB OPTION...              the attacker (load/attacks/Attack); {url} is the server's address for HTTP/2 without TLS, {tls} with TLS, {http} for HTTP/1.1
#   and what differs from what `set_attack` sets.
# judge_… counts what came of it.
attacks=(
    unread-script unread-script-tls unread-debug unread-page unread-file unread-trickle unread-http1
    unread-512 unread-256 unread-128
    idle-connections idle-kept
    slow-readers-http2 slow-readers-http1
    odd-queries odd-debug odd-hosts
)
proxy=127.0.0.200

set_attack() {
    coverage=official limits= memory= descriptors= google= seconds=20 recovery=5 peers="nginx bare-yarp" upstream_watched=$upstream_port
    probe_from=127.0.0.100 probe_rate=20 probe_paths=("/f807/?id=G-RACE1" /pages/200.html) probe_headers=()
    judge() { judge_others; }
    strike() { strike_once "$1"; }
    "attack_$attack"
}

takes_part() { [[ $server == taggateway || " $peers " == *" $server "* ]]; }

title() { title=$*; }
by() { attacker=("$@"); }

# strike_once SECONDS
strike_once() {
    local option options=()
    for option in "${attacker[@]}"; do
        option=${option/\{url\}/h2c:\/\/127.0.0.1:${h2c[$server]}}
        option=${option/\{tls\}/https:\/\/127.0.0.1:${https[$server]}}
        options+=("${option/\{http\}/http:\/\/127.0.0.1:${port[$server]}}")
    done
    attack "${options[@]}" --seconds "$1"
}

# Responses that nobody reads.
attack_unread-script() {
    title "10 connections × 100 streams whose windows stay closed: the cached script"
    unread --url {url} --connections 10 --streams 100 --path "/f807/?id=G-RACE1"
}
attack_unread-script-tls() {
    title "the same over TLS"
    unread --url {tls} --connections 10 --streams 100 --path "/f807/?id=G-RACE1"
}
attack_unread-debug() {
    title "the same of Tag Assistant's script, which is never cached"
    unread --url {url} --connections 10 --streams 100 --path "/f807/?id=G-RACE1&gtm_debug=x"
}
attack_unread-page() {
    title "the same of a page of 200 KB, whose tag is rewritten"
    unread --url {url} --connections 10 --streams 100 --path /pages/200.html
}
attack_unread-file() {
    title "the same of a file of the website, 1 MB"
    unread --url {url} --connections 10 --streams 100 --path /pages/1mb.jpg
}
attack_unread-trickle() {
    title "the cached script, each stream's window opened by a byte a second"
    unread --url {url} --connections 10 --streams 100 --path "/f807/?id=G-RACE1" --trickle 1
    deadline=no
}
attack_unread-http1() {
    title "1,000 connections of HTTP/1.1 that read a byte a second of the cached script"
    unread --url {http} --connections 1000 --path "/f807/?id=G-RACE1" --trickle 1
    deadline=no
}
attack_unread-512() { unread_within 512; }
attack_unread-256() { unread_within 256; }
attack_unread-128() { unread_within 128; }

unread_within() {
    title "100 connections × 100 streams from ten addresses, of scripts, pages and files, in a cgroup of $1 MB"
    unread --url {url} --connections 100 --sources 10 --streams 100 --again 1 \
        --path "/f807/?id=G-RACE1" --path "/f807/?id=G-RACE1&gtm_debug=x" --path /pages/200.html --path /pages/1mb.jpg
    memory=$1 seconds=30 recovery=5
    judge() { judge_others 100; }
}

unread() {
    by unread "$@"
    seconds=45 recovery=25 deadline=yes
    judge() {
        count "MB per 1,000 streams" "$(calc "(${seen[memory.peak]} - ${seen[memory.first]}) * 1000 / ${got[asked]}")" "<=" "$(most 76 "${figure["$attack nginx MB per 1,000 streams"]:-76}")" MB
        if [[ $deadline == yes ]]; then
            count "streams reset by the deadline, of ${got[asked]}" "${got[reset]}" ">=" "${got[asked]}"
        else
            count "streams reset, of ${got[asked]}" "${got[reset]}"
        fi

        count "MB not given back 30 s later" "$((${seen[memory.last]} - ${seen[memory.first]}))" "<=" 32 MB
        judge_others
    }
}

# Connections that do nothing.
attack_idle-connections() {
    title "10,000 connections from one address that send nothing, and come back when they are closed"
    idle --url {http} --kind silent
}
attack_idle-kept() {
    title "10,000 connections of HTTP/2 from one address that have sent one request"
    idle --url {url} --kind keep-alive --path "/f807/?id=G-RACE2"
}
idle() {
    by idle "$@" --connections 10000
    seconds=30
    judge() {
        count "connections held, of 10,000" "${got[held]}"
        judge_others
    }
}

# Slow readers of the website.
attack_slow-readers-http2() {
    title "one HTTP/2 connection with 50 unread responses of 20 MB of the website; \`limits.originConnections\` 20"
    slow_readers --url {url} --connections 1 --streams 50 --path /pages/20mb.jpg
}
attack_slow-readers-http1() {
    title "the same over 50 connections of HTTP/1.1"
    slow_readers --url {http} --connections 50 --path /pages/20mb.jpg
}
slow_readers() {
    by unread "$@"
    limits='"originConnections": 20'
    judge() {
        count "connections to the origin, at most" "${seen[upstream.peak]}" "<=" 20
        judge_others
    }
}

# Requests that cost the server much.
attack_odd-queries() {
    title "full coverage: 50 odd queries a second from one client; others are of regions whose script is not cached yet, and halfway everything is purged"
    odd --url {http} --rate 50 --path "/f807/?id=G-RACE1&x={n}"
}
attack_odd-debug() {
    title "the same with Tag Assistant's script"
    odd --url {http} --rate 50 --path "/f807/?id=G-RACE1&gtm_debug={n}"
}
attack_odd-hosts() {
    title "the same with a new Host each time, on a site of all hosts"
    odd --url {http} --rate 50 --path "/f807/?id=G-RACE1" --host "h{n}.shop.example"
}
odd() {
    by requests "$@"
    coverage=full peers= probe_from=$proxy probe_rate=2
    probe_paths=("/f807/?id=G-RACE1") probe_headers=("X-Forwarded-For: 203.0.113.7" "X-Forwarded-CountryRegion: {region}")
    strike() {
        strike_once "$1" &
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
