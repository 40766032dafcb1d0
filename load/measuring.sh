# What load/race.sh measures, and what it demands of the answers before a figure counts.
# A figure is a line of $work/figures: case server round cpu-µs requests/s p50-ms p99-ms memory-kB shared-kB server-core-% load-core-%
declare -A failure=()
hertz=$(getconf CLK_TCK)

record() { echo "$@" | tee -a "$work/figures" >&2; }

# A server that is quick in being wrong has not won: the case is over for it.
wrong() {
    failure["$case $server"]=$*
    echo "race: $case, $server: $*" >&2
    return 1
}

# The server's cold start: from the start of its process (its files have been read before) to the first hit that comes back through it.
time_start() {
    local begin=${EPOCHREALTIME/.} deadline=$((SECONDS + 15)) micros ticks
    "start_$server"
    until forwards 2>/dev/null; do
        ((SECONDS < deadline)) || fail "$server does not start: $(cat "$work/$server.log")"
    done
    micros=$((${EPOCHREALTIME/.} - begin))
    ticks=$(cpu_ticks)
    # Less than one clock tick is no figure.
    record start "$server" "$round" "$( ((ticks > 0)) && echo $((ticks * 1000000 / hertz)) || echo -)" - "$(awk -v us="$micros" 'BEGIN { print us / 1e3 }')" - - - - -
}

# In the shell's own words: to start curl takes longer than some servers take.
forwards() (
    exec 3<>"/dev/tcp/127.0.0.1/${port[$server]}" || exit
    printf 'POST /f807/g/collect?v=2 HTTP/1.1\r\nHost: www.shop.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' >&3 \
        && read -r -t 5 line <&3 && [[ $line == *' 204'* ]]
)

# measure_round SECONDS: one round of one case against one server. Round 0 warms up: judged like the others, not recorded.
measure_round() {
    local before after memory requests micros p50 p99 bad bytes
    [[ ! -v failure["$case $server"] ]] || return 1
    set_case
    check_answer || return 1

    # What the server before still has under way is not this one's.
    await quiet || fail "the upstream is never left alone"
    before="$(cpu_ticks) $(core_ticks) $(arrived)"
    load "$1" || return 1
    after="$(cpu_ticks) $(core_ticks) $(arrived)"

    judge "$((${after##* } - ${before##* } - 1))" && check_answer || return 1
    ((round == 0)) || record "$case $server $round $(figures)"
}

# load SECONDS: sets `memory`, as it is towards the end of the load, and what wrk reports.
load() {
    wrk --threads 1 --connections "$connections" --duration "$1s" --script load/requests.lua "$url" \
        -- "$method" "$target" "$body" "${headers[@]}" > "$work/wrk.out" 2>&1 &
    generator=$!
    sleep "$(awk -v s="$1" 'BEGIN { print s * 0.8 }')"
    memory=$(memory)
    wait "$generator" || wrong "wrk: $(tail -1 "$work/wrk.out")" || return
    unset generator
    read -r _ requests micros p50 p99 bad bytes < <(grep '^RESULT' "$work/wrk.out")
}

# Out of the two lines "CPU ticks, busy and all ticks of the server's core, of the other" and of what wrk reports.
figures() {
    awk -v hertz="$hertz" -v n="$requests" -v us="$micros" -v p50="$p50" -v p99="$p99" -v memory="$memory" '
        NR == 1 { split($0, was) }
        NR == 2 {
            printf "%.2f %.0f %.2f %.2f %s ", ($1 - was[1]) / hertz * 1e6 / n, n / us * 1e6, p50 / 1e3, p99 / 1e3, memory
            printf "%.0f %.0f\n", 100 * ($2 - was[2]) / ($3 - was[3]), 100 * ($4 - was[4]) / ($5 - was[5])
        }' <<< "$before"$'\n'"$after"
}

# judge ASKED: what wrk can tell of the round's answers without a look inside, and how many requests came to the upstream meanwhile.
judge() {
    ((bad == 0 && requests > 0)) || wrong "$bad of $requests requests failed" || return
    case $source in
        cache) (($1 == 0)) || wrong "not from the cache: $requests answers, and the upstream was asked $1 times" || return ;;
        upstream) (($1 >= requests)) || wrong "$requests answers, but only $1 requests arrived" || return ;;
    esac
    # With up to 2 KB of headers, and with what was under way in the end.
    ((bytes >= requests * length && bytes <= (requests + connections) * (length + 2048))) || wrong "$requests answers of $length bytes cannot be $bytes bytes"
}

# header_of NAME: out of an answer's head on standard input.
header_of() { tr -d '\r' | sed -n "s/^$1: //Ip"; }

# One request as in the round, looked at closely. Sets `length`: bytes of its body as they came.
check_answer() {
    local code header got ask=(--silent --max-time 5 --compressed --request "$method" --dump-header "$work/head" --output "$work/body" --write-out '%{http_code} %{size_download}')
    for header in "${headers[@]}"; do
        ask+=(--header "$header")
    done
    [[ -z $body ]] || ask+=(--data-binary "$body")
    : > "$work/body"
    read -r code length < <(curl "${ask[@]}" "$url$target") || true
    [[ $code == "$status" ]] || wrong "answers $code instead of $status" || return
    if [[ -n $file ]]; then
        got=$(header_of content-encoding < "$work/head")
        [[ ${got:-identity} == "$coding" ]] || wrong "answers in ${got:-identity} instead of $coding" || return
        cmp --silent "$work/body" "$work/$file" || wrong "not the body that was expected"
    else
        ((length == 0)) || wrong "a body of $length bytes where none may be" || return
        [[ $status != 304 || " ${headers[*]}" == *" If-None-Match: $(header_of etag < "$work/head")" ]] || wrong "a 304 of another ETag"
    fi
}

# Requests that have come to the upstream since it started, this question included (stub_status: "accepts handled requests", then the numbers).
arrived() { curl --silent --fail "http://127.0.0.1:$count_port/" | awk 'NR == 3 { print $3 }'; }

quiet() {
    local before
    before=$(arrived)
    sleep 0.1
    (($(arrived) == before + 1))
}

# Pids of a process and all below it.
family() {
    local child
    echo "$1"
    for child in $(pgrep --parent "$1"); do
        family "$child"
    done
}

# CPU time of the server in clock ticks: user and system, of all its processes and threads, of those that have ended too (proc(5): fields 14 to 17).
cpu_ticks() {
    local pid
    for pid in $(family "${process[$server]}"); do
        cat "/proc/$pid/stat"
    done | awk '{ sub(/.*\) /, ""); n += $12 + $13 + $14 + $15 } END { print n }'
}

# Busy and all clock ticks of the server's core, and of the other.
core_ticks() {
    awk -v a="cpu$server_core" -v b="cpu$load_core" '$1 == a || $1 == b { all = 0; for (i = 2; i <= 9; i++) all += $i; line[$1] = all - $5 - $6 " " all }
        END { print line[a], line[b] }' /proc/stat
}

# Resident memory of all the server's processes in kB, and how much of it is files and shared memory (counted in each process that has it).
memory() {
    local pid
    for pid in $(family "${process[$server]}"); do
        cat "/proc/$pid/status"
    done | awk '/^VmRSS:/ { rss += $2 } /^Rss(File|Shmem):/ { shared += $2 } END { print rss, shared }'
}
