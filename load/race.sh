#!/usr/bin/env bash
# The race: what a request costs through TagGateway, nginx, Varnish and bare YARP. One run on one machine of two cores or more: the server under test
# alone on core 0, load generator (wrk) and upstream (nginx) on core 1, all on loopback, rounds in turn. Prints one table and writes it to load/RESULTS.md.
# Exit code 1 when a server answered wrongly: its rows say how. Let nothing else run meanwhile.
# Needs: .NET 10 SDK and what native publishing needs, nginx, varnish, wrk, taskset, pgrep, curl with brotli.
#   RACE_ROUNDS=5 RACE_SECONDS=3 RACE_WARMUP=4   rounds of a case, their length, and the unmeasured one before them
#   RACE_STARTS=7                                cold starts of each server
#   RACE_CONNECTIONS=32                          connections of the load generator
#   RACE_AOT=0                                   without the natively compiled
#   RACE_SERVERS="nginx varnish"                 only these
#   RACE_CASES="script-br query"                 only these
#   RACE_RESULTS=FILE                            written instead of load/RESULTS.md
# A new case: cases.sh. A new server: servers.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rounds=${RACE_ROUNDS:-5} seconds=${RACE_SECONDS:-3} warmup=${RACE_WARMUP:-4} starts=${RACE_STARTS:-7} connections=${RACE_CONNECTIONS:-32}
host=g-race1.fps.goog
server_core=0 load_core=1

fail() { echo "race: $*" >&2; exit 1; }

source load/servers.sh
source load/cases.sh
source load/measuring.sh
source load/results.sh

for tool in dotnet nginx varnishd wrk taskset pgrep curl; do
    command -v "$tool" >/dev/null || fail "$tool is missing (Debian: apt-get install nginx-light varnish wrk util-linux procps curl)"
done
[[ $(curl --version) == *brotli* ]] || fail "curl cannot read br"

# Varnish wants its log in memory, and the nginx cache may as well be there: nobody's disk is in the race.
work=$(mktemp --directory --tmpdir="$([[ -w /dev/shm ]] && echo /dev/shm || echo "${TMPDIR:-/tmp}")" race.XXXXXX)
chmod a+rx "$work"     # started by root, nginx works as someone else
build=$(mktemp --directory)
cleanup() {
    local name
    [[ -z ${generator-} ]] || kill "$generator" 2>/dev/null || true
    for name in "${!process[@]}"; do
        stop "$name"
    done
    rm -rf "$work" "$build"
}
trap cleanup EXIT

load_before=$(cut -d' ' -f1 /proc/loadavg)
mkdir "$work/scripts"
dotnet run load/TagScript.cs -- G-RACE1 460800 "$work/scripts/G-RACE1.js"
dotnet run load/TagScript.cs -- G-RACE2 1024 "$work/scripts/G-RACE2.js"
mkdir -p "$work/pages" "$work/rewritten/pages"
for size in 40 200 2000; do
    dotnet run load/Page.cs -- $((size * 1024)) "$work/pages/$size.html" G-RACE1
    sed 's|https://www.googletagmanager.com/gtag/js?id=|/f807/?id=|' "$work/pages/$size.html" > "$work/rewritten/pages/$size.html"
done
for server in "${servers[@]}"; do
    "build_$server"
done

# All that is not under test stays off the server's core, this script too.
taskset --pid --cpu-list "$load_core" $$ >/dev/null
start_upstream

for ((round = 1; round <= starts; round++)); do
    for server in "${servers[@]}"; do
        ((round == 1)) || stop "$server"
        time_start
    done
done
sleep 5
for server in "${servers[@]}"; do
    record start "$server" idle - - - - "$(memory)" - -
done

for case in "${cases[@]}"; do
    for ((round = 0; round <= rounds; round++)); do
        for server in $(racers); do
            measure_round "$((round == 0 ? warmup : seconds))" || true
        done
    done
done

report | tee "${RACE_RESULTS:-load/RESULTS.md}"
((${#failure[@]} == 0))
