# The servers of load/attacks/run.sh: how each is built (once) and started (for each attack anew). Upon load/servers.sh, whose upstream, ports and `stop` are used.
# Each listens on three ports of 127.0.0.1: ${port[$server]} speaks HTTP/1.1, ${h2c[$server]} HTTP/2 without TLS, ${https[$server]} both over TLS.
# Variables of the attack: coverage, cache (bytes), limits (JSON), memory (MB of a cgroup), descriptors, google_port.
declare -A h2c https about=(
    [nginx]='`load/peers/nginx.conf` with HTTP/2, TLS and 10,000 connections'
    [bare-yarp]='`load/peers/BareYarp`, natively compiled; keeps no scripts'
    [taggateway]='natively compiled; everything that is not named with an attack as it comes'
)
for server in "${servers[@]}"; do
    h2c[$server]=$(free_port)
    https[$server]=$(free_port)
done
admin_port=$(free_port)

build_nginx() { mkdir "$work/nginx"; }
start_nginx() {
    sed -e "s|listen @LISTEN@|listen 127.0.0.1:${port[nginx]}; listen 127.0.0.1:${h2c[nginx]} http2; listen 127.0.0.1:${https[nginx]} ssl http2; ssl_certificate $work/tls.crt; ssl_certificate_key $work/tls.key|" \
        -e "s|@UPSTREAM@|127.0.0.1:$google_port|; s|@HOST@|g-race1.fps.goog|; s|@WORK@|$work/nginx|; s|worker_connections 4096|worker_connections 10000|" \
        load/peers/nginx.conf > "$work/nginx/nginx.conf"
    rm -rf "$work/nginx/nginx-cache"
    launch nginx -p "$work/nginx" -c "$work/nginx/nginx.conf"
}

build_bare-yarp() {
    yarp=${ATTACKS_YARP-}
    [[ -n $yarp ]] || publish load/peers/BareYarp bare-yarp --use-current-runtime -p:PublishAot=true
    yarp=${yarp:-$build/bare-yarp/BareYarp}
}
start_bare-yarp() {
    launch env Kestrel__Endpoints__http__Url="http://127.0.0.1:${port[$server]}" \
        Kestrel__Endpoints__h2c__Url="http://127.0.0.1:${h2c[$server]}" Kestrel__Endpoints__h2c__Protocols=Http2 \
        Kestrel__Endpoints__https__Url="https://127.0.0.1:${https[$server]}" \
        Kestrel__Certificates__Default__Path="$work/tls.crt" Kestrel__Certificates__Default__KeyPath="$work/tls.key" \
        "$yarp" "http://127.0.0.1:${port[$server]}" "http://127.0.0.1:$google_port" g-race1.fps.goog
}

build_taggateway() {
    program=${ATTACKS_PROGRAM-}
    [[ -n $program ]] || publish src/TagGateway taggateway --use-current-runtime -p:PublishAot=true
    program=${program:-$build/taggateway/taggateway}
    "$program" schema > "$work/schema.json"
}
start_taggateway() {
    local site
    site="\"tags\": [\"G-RACE1\", \"G-RACE2\"], \"path\": \"/f807\", \"coverage\": \"$coverage\", \"origin\": \"http://127.0.0.1:$upstream_port\", \"page\": { \"$(knows mode && echo mode || echo tag)\": \"rewrite\" }"
    cat > "$work/taggateway.json" <<JSON
{
  "urls": "http://127.0.0.1:${port[taggateway]};h2c://127.0.0.1:${h2c[taggateway]};https://127.0.0.1:${https[taggateway]}",
  "tls": { "certificates": [{ "certificate": "$work/tls.crt", "key": "$work/tls.key" }] },
  "admin": { "url": "http://127.0.0.1:$admin_port" },
  "sites": { "shop": { "hosts": ["$host"], $site }, "any": { "hosts": ["*"], $site } },
  "trustedProxies": ["$proxy"],
  "geo": { "default": "US-CA" },
  "cache": { "memoryBytes": $cache },
  "connectTo": { "*": "http://127.0.0.1:$google_port" },
  $(! knows limits || echo "\"limits\": { $limits },")
  "shutdown": { "delay": "00:00:00", "timeout": "00:00:01" }
}
JSON
    launch "$program" --config "$work/taggateway.json"
}

# knows KEY: whether this version has the setting.
knows() { grep -q "\"$1\": {" "$work/schema.json"; }

# launch COMMAND...: the server, within what the attack leaves it.
launch() {
    local confine='ulimit -n "$1"; [[ -z $2 ]] || echo $$ > "$2/cgroup.procs"; shift 2; exec "$@"'
    if [[ -n $memory ]]; then
        confine_memory
    fi

    bash -c "$confine" launch "${descriptors:-$(ulimit -n)}" "${memory:+${cgroup-}}" "$@" > "$work/$server.log" 2>&1 &
    process[$server]=$!
}

# Makes `cgroup`, of $memory MB without swap: version 1 where that has the memory controller, else version 2. Without either the .NET servers are told the limit.
confine_memory() {
    local bytes=$((memory << 20))
    if [[ -z ${cgroup-} ]]; then
        if [[ -w /sys/fs/cgroup/memory/memory.limit_in_bytes ]]; then
            cgroup=/sys/fs/cgroup/memory/attacks.$$
        elif [[ $(cat /sys/fs/cgroup/cgroup.subtree_control 2>/dev/null) == *memory* && -w /sys/fs/cgroup/cgroup.procs ]]; then
            cgroup=/sys/fs/cgroup/attacks.$$
        else
            note="No memory cgroup can be made here: the limits of memory are DOTNET_GCHeapHardLimit, and nothing ends a process that takes more."
            export DOTNET_GCHeapHardLimit
            DOTNET_GCHeapHardLimit=$(printf '%x' $((bytes * 3 / 4)))
            return
        fi

        mkdir "$cgroup"
    fi

    if [[ -e $cgroup/memory.max ]]; then
        echo "$bytes" > "$cgroup/memory.max"
        [[ ! -e $cgroup/memory.swap.max ]] || echo 0 > "$cgroup/memory.swap.max"
    else
        # The limit with swap may never be below the one without.
        echo -1 > "$cgroup/memory.memsw.limit_in_bytes" 2>/dev/null || true
        echo "$bytes" > "$cgroup/memory.limit_in_bytes"
        echo "$bytes" > "$cgroup/memory.memsw.limit_in_bytes" 2>/dev/null || true
    fi
}

# An upstream in place of Google that is hostile to odd loads: start_google KIND
start_google() {
    google_port=$(free_port)
    "$tool" google --kind "$1" --script "$work/scripts/G-RACE1.js" --port "$google_port" > "$work/hostile.out" &
    process[google]=$!
    await listens "$google_port" || fail "the hostile upstream does not start"
}
