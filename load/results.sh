# The results of load/race.sh, out of the lines in $work/figures (see measuring.sh). Medians of the rounds; a ratio is the median of the rounds' own ratios.
report() {
    local name
    echo "# Race"
    echo
    echo "\`load/race.sh\`, $(date -u +%F): $rounds rounds of $seconds s in turn, $connections connections, HTTP/1.1 without TLS on loopback. Medians; a ratio is the median"
    echo "of the rounds' own ratios. The server alone on one core, load generator and upstream on another. Before and after every round the answer was compared"
    echo "with the upstream's; in the round every answer had its length, cached ones never asked the upstream, and every hit arrived there."
    echo
    echo "- Machine: $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc --all) cores, Linux $(uname -r | cut -d- -f1); load average before: $load_before"
    echo "- .NET $(dotnet --version), YARP $(sed -n 's/.*"Yarp.ReverseProxy" Version="\([^"]*\)".*/\1/p' src/Directory.Packages.props), $(nginx -v 2>&1 | sed 's/.*: //'), $(varnishd -V 2>&1 | grep -oE 'varnish-[0-9.]+'), $(wrk -v 2>&1 | grep -oE 'wrk [^ ]+' | head -1)"
    echo "- TagGateway at $(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
    for name in "${servers[@]}"; do
        echo "- $name: ${about[$name]-}"
    done
    for case in "${cases[@]}"; do
        server=${servers[0]}
        set_case
        echo "- $case: $title"
    done
    echo "- start: from the start of the process (its files were read before) to the first hit sent on, $starts times in turn; memory 5 s later, idle; CPU in steps of $((1000 / hertz)) ms"
    echo
    table
    echo
    echo "- **CPU per request** is the figure that counts: user and system time of the server's processes. Where the generator's core is at 100 % busy, requests/s and"
    echo "  latencies show the generator's limit (it reads large bodies in pieces of 8 KB); a server that is not busy then has room left."
    echo "- Memory: resident, all processes added up, under load; in brackets what of it are files and shared memory (counted in each process that maps them)."
    echo "  nginx keeps scripts in files: they are in the system's page cache, not in its own memory. With one core .NET collects garbage in its small, sequential way."
    echo "- Varnish starts a C compiler for its configuration, which is most of its start."
}

table() {
    echo "| case | server | CPU per request | to nginx | to bare YARP | to \`passes\` | requests/s | p50 | p99 | memory | busy: server, generator |"
    echo "|---|---|---|---|---|---|---|---|---|---|---|"
    for case in start "${cases[@]}"; do
        for server in "${servers[@]}"; do
            if [[ -v failure["$case $server"] ]]; then
                echo "| $case | $server | failed: ${failure["$case $server"]} | | | | | | | |"
            elif grep -q "^$case $server " "$work/figures"; then
                echo "| $case | $server | $(median 4 cpu) | $(ratio nginx) | $(ratio "${yarp_of[$server]-}") | $(ratio "${passing_of[$server]-}") | $(median 5 count) | $(median 6 ms) | $(median 7 ms) |" \
                    "$(median 8 memory) ($(median 9 memory)) | $(median 10 percent), $(median 11 percent) |"
            fi
        done
    done
}

# median FIELD KIND: of the rounds of the case and the server, as people write it; a dash where there is no figure.
median() {
    awk -v c="$case" -v s="$server" -v f="$1" '$1 == c && $2 == s && $f != "-" { print $f }' "$work/figures" | middle | awk -v kind="$2" '
        $1 == "–" { print; next }
        kind == "cpu" { print $1 < 10000 ? sprintf("%.1f µs", $1) : sprintf("%.0f ms", $1 / 1000) }
        kind == "ms" { printf "%.2f ms\n", $1 }
        kind == "memory" { printf "%.0f MB\n", $1 / 1024 }
        kind == "count" { printf "%.0f\n", $1 }
        kind == "percent" { printf "%.0f %%\n", $1 }'
}

# ratio OTHER: CPU per request to the other's, round by round.
ratio() {
    [[ $case != start && $server != "$1" ]] || { echo "–"; return; }
    awk -v c="$case" -v s="$server" -v o="$1" '$1 == c && $4 != "-" && $2 == s { own[$3] = $4 } $1 == c && $4 != "-" && $2 == o { its[$3] = $4 }
        END { for (r in own) if (its[r] > 0) printf "%.3f\n", own[r] / its[r] }' "$work/figures" | middle | awk '{ print $1 == "–" ? $1 : sprintf("%.2f", $1) }'
}

# Of the numbers on standard input; a dash when there is none.
middle() { sort -g | awk '{ n[NR] = $1 } END { print NR ? (n[int((NR + 1) / 2)] + n[int(NR / 2) + 1]) / 2 : "–" }'; }
