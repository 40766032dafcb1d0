#!/usr/bin/env bash
# The race: how much more does a hit cost through TagGateway than through bare YARP? One run on one machine of two cores or more:
# the server alone on core 0, load generator (wrk) and upstream (nginx, 204) on core 1, all on loopback, rounds in turn.
# Prints medians and writes them to load/RESULTS.md. Needs: .NET 10 SDK, wrk, nginx, taskset, curl. Let nothing else run meanwhile.
#   RACE_ROUNDS=5 RACE_SECONDS=10 RACE_WARMUP=5   rounds, their length, and the unmeasured one before them
#   RACE_CONNECTIONS=32                           connections of the load generator
#   RACE_AOT=1                                    also both natively compiled
#   RACE_RESULTS=FILE                             written instead of load/RESULTS.md
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rounds=${RACE_ROUNDS:-5} seconds=${RACE_SECONDS:-10} warmup=${RACE_WARMUP:-5} connections=${RACE_CONNECTIONS:-32}
host=g-race1.fps.goog
declare -A process address

# What races. A server is a function that starts it (see start); a case is a word that hits.lua knows.
# Each server is compared with the first of its kind.
servers=(bare-yarp taggateway)
declare -A measure=([taggateway]=bare-yarp)
if [[ ${RACE_AOT-} == 1 ]]; then
    servers+=(bare-yarp-aot taggateway-aot)
    measure+=([taggateway-aot]=bare-yarp-aot)
fi
cases=(query body)

server_bare-yarp() { start dotnet "$work/bare-yarp/BareYarp.dll" "http://127.0.0.1:$port" "$host"; }
server_bare-yarp-aot() { start "$work/bare-yarp-aot/BareYarp" "http://127.0.0.1:$port" "$host"; }
server_taggateway() { start env TAGGATEWAY_CONFIG="$work/taggateway.json" dotnet "$work/taggateway/taggateway.dll"; }
server_taggateway-aot() { start env TAGGATEWAY_CONFIG="$work/taggateway.json" "$work/taggateway-aot/taggateway"; }

fail() { echo "race: $*" >&2; exit 1; }

for tool in dotnet wrk nginx taskset curl; do
    command -v "$tool" >/dev/null || fail "$tool is missing (Debian: apt-get install wrk nginx-light util-linux curl)"
done

work=$(mktemp -d)
children=()
cleanup() {
    ((${#children[@]} == 0)) || kill "${children[@]}" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap cleanup EXIT

# Until COMMAND holds, 15 s at most.
await() {
    local deadline=$((SECONDS + 15))
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}

free_port() {
    local candidate
    for _ in {1..100}; do
        candidate=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || { echo "$candidate"; return; }
    done
    fail "no free port"
}

# publish PROJECT DIRECTORY OPTION...: into the work directory, all that is built on the way too.
publish() {
    local project=$1 directory=$2
    shift 2
    echo "race: publishing $directory" >&2
    dotnet publish "$project" --configuration Release --disable-build-servers \
        --artifacts-path "$work/artifacts/$directory" --output "$work/$directory" --verbosity quiet --nologo "$@"
}

# start COMMAND...: the server on its core; the first address it prints is the one it serves on.
start() {
    taskset --cpu-list 0 "$@" > "$work/$server.log" 2>&1 &
    process[$server]=$!
    children+=($!)
    await has_address || fail "$server does not start: $(cat "$work/$server.log")"
    address[$server]=$(addresses | head -1)
    [[ $(curl --silent --output /dev/null --write-out '%{http_code}' --request POST "${address[$server]}/f807/g/collect?v=2") == 204 ]] \
        || fail "$server does not forward"
}
addresses() { grep -oE 'http://127\.0\.0\.1:[0-9]+' "$work/$server.log"; }
has_address() { addresses >/dev/null; }

# Hits that have arrived at the upstream since it started (stub_status: "accepts handled requests", then the numbers).
arrived() { curl --silent --fail "http://127.0.0.1:$count_port/" | awk 'NR == 3 { print $3 }'; }

# CPU time of the server in clock ticks: user and system, of all its threads (proc(5): the 14th and 15th field).
cpu_ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/${process[$server]}/stat"; }

# load_round SECONDS: one round of one case against one server. Prints: CPU µs a request, requests a second, p50 ms, p99 ms.
load_round() {
    local ticks hits requests micros p50 p99 bad
    hits=$(arrived)
    ticks=$(cpu_ticks)
    read -r _ requests micros p50 p99 bad < <(taskset --cpu-list 1 wrk --threads 1 --connections "$connections" --duration "$1s" \
        --script load/hits.lua "${address[$server]}" -- "$case" | grep '^RESULT')
    ticks=$(($(cpu_ticks) - ticks))
    hits=$(($(arrived) - hits))

    # A gateway that is quick in refusing has not won.
    ((bad == 0)) || fail "$server, $case: $bad of $requests answers were not 2xx or did not come"
    ((hits >= requests && requests > 0)) || fail "$server, $case: $requests answers, but only $hits hits arrived"
    awk -v ticks="$ticks" -v hertz="$(getconf CLK_TCK)" -v n="$requests" -v us="$micros" -v p50="$p50" -v p99="$p99" \
        'BEGIN { printf "%.2f %.0f %.2f %.2f\n", ticks / hertz * 1e6 / n, n / us * 1e6, p50 / 1e3, p99 / 1e3 }'
}

# From lines "case server round cpu rps p50 p99"; the ratio is the median of the rounds' own ratios.
table() {
    local case server
    echo "| hit | server | CPU per request | requests/s | p50 | p99 | CPU to bare YARP |"
    echo "|---|---|---|---|---|---|---|"
    for case in "${cases[@]}"; do
        for server in "${servers[@]}"; do
            echo "| $case | $server | $(column 4) µs | $(column 5) | $(column 6) ms | $(column 7) ms | $(ratio) |"
        done
    done
}

column() { awk -v c="$case" -v s="$server" -v f="$1" '$1 == c && $2 == s { print $f }' "$work/rounds" | median; }

ratio() {
    awk -v c="$case" -v s="$server" -v m="${measure[$server]-}" '$1 == c && $2 == s { own[$3] = $4 } $1 == c && $2 == m { its[$3] = $4 }
        END { for (r in own) if (r in its) printf "%.3f\n", own[r] / its[r] }' "$work/rounds" | median
}

# Of the numbers on standard input; a dash when there is none.
median() { sort -g | awk '{ n[NR] = $1 } END { print NR ? (n[int((NR + 1) / 2)] + n[int(NR / 2) + 1]) / 2 : "–" }'; }

report() {
    echo "# Race"
    echo
    echo "\`load/race.sh\`, $(date -u +%F): $rounds rounds of $seconds s in turn, $connections connections, HTTP/1.1 without TLS on loopback. Medians;"
    echo "the ratio is the median of the rounds' ratios. Server alone on one core, load generator and upstream on another. All answers 2xx, all hits arrived."
    echo
    echo "- Machine: $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, Linux $(uname -r | cut -d- -f1)"
    echo "- .NET $(dotnet --version), YARP $(sed -n 's/.*"Yarp.ReverseProxy" Version="\([^"]*\)".*/\1/p' src/Directory.Packages.props), $(nginx -v 2>&1 | sed 's/.*: //'), $(wrk -v 2>&1 | grep -oE 'wrk [^ ]+' | head -1)"
    echo "- TagGateway at $(git rev-parse --short HEAD 2>/dev/null || echo unknown); load average before: $load"
    echo "- query: POST with a 1 KB query and no body; body: the same with a body of 264 bytes"
    echo
    table
}

load=$(cut -d' ' -f1 /proc/loadavg)
port=$(free_port)
count_port=$(free_port)
sed -e "s|@PORT@|$port|; s|@COUNT_PORT@|$count_port|; s|@WORK@|$work|" load/nginx.conf > "$work/nginx.conf"
cat > "$work/taggateway.json" <<JSON
{
  "urls": "http://127.0.0.1:0",
  "admin": { "url": "http://127.0.0.1:0" },
  "sites": { "race": { "tags": ["G-RACE1"], "path": "/f807" } },
  "connectTo": { "*": "http://127.0.0.1:$port" }
}
JSON

publish load/BareYarp bare-yarp -p:PublishReadyToRun=false
publish src/TagGateway taggateway -p:PublishReadyToRun=false
if [[ ${RACE_AOT-} == 1 ]]; then
    publish load/BareYarp bare-yarp-aot --use-current-runtime -p:PublishAot=true
    publish src/TagGateway taggateway-aot --use-current-runtime -p:PublishAot=true
fi

taskset --cpu-list 1 nginx -p "$work" -c "$work/nginx.conf" > "$work/nginx.log" 2>&1 &
children+=($!)
await arrived >/dev/null || fail "nginx does not start: $(cat "$work/nginx.log")"
for server in "${servers[@]}"; do
    "server_$server"
done

for case in "${cases[@]}"; do
    for server in "${servers[@]}"; do
        load_round "$warmup" >/dev/null
    done
    for ((round = 1; round <= rounds; round++)); do
        for server in "${servers[@]}"; do
            echo "$case $server $round $(load_round "$seconds")" | tee -a "$work/rounds" >&2
        done
    done
done

report | tee "${RACE_RESULTS:-load/RESULTS.md}"
