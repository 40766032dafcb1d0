# The servers of load/race.sh: how each is built (once) and started. A new one: its name in the list, build_NAME, start_NAME and a line in `about`.
# A start function runs `launch COMMAND...`; the server listens on 127.0.0.1:${port[$server]}, its upstream is on 127.0.0.1:$upstream_port.
# Not in the list, only when RACE_SERVERS names it: nginx-plain, to see what nginx gains by keeping files open (a quarter of a small answer).
servers=(nginx varnish bare-yarp taggateway passes)
[[ ${RACE_AOT-} == 0 ]] || servers+=(bare-yarp-aot taggateway-aot passes-aot)
[[ -z ${RACE_SERVERS-} ]] || read -ra servers <<< "$RACE_SERVERS"

# Those that keep no scripts race only where requests are sent on.
declare -A keeps_nothing=([bare-yarp]=1 [bare-yarp-aot]=1)

# Pages: those that have nothing to rewrite them with, those that are there for them only, and those that pass them as they are.
declare -A no_pages=([varnish]=1 [nginx-plain]=1)
declare -A only_pages=([passes]=1 [passes-aot]=1)
declare -A passes=([bare-yarp]=1 [bare-yarp-aot]=1 [passes]=1 [passes-aot]=1)

# The YARP that each is compared with, and TagGateway where it leaves pages as they are.
declare -A yarp_of=([nginx]=bare-yarp [nginx-plain]=bare-yarp [varnish]=bare-yarp [taggateway]=bare-yarp [taggateway-aot]=bare-yarp-aot [passes]=bare-yarp [passes-aot]=bare-yarp-aot)
declare -A passing_of=([taggateway]=passes [taggateway-aot]=passes-aot)

declare -A about=(
    [nginx]='`load/peers/nginx.conf`: one worker, `sendfile`, `tcp_nopush`, `open_file_cache`, `proxy_cache` on tmpfs with the coding in the key, `private` ignored, no access log, 64 kept upstream connections; pages by `sub_filter`'
    [nginx-plain]='the same without `open_file_cache`, which is how nginx comes'
    [varnish]='`load/peers/varnish.vcl`: `malloc` storage of 64 MB, log on tmpfs, own gzip handling off (it knows no br), coding normalized and left to `Vary`, `private` ignored, no varnishncsa; other parameters as they come'
    [bare-yarp]='`load/peers/BareYarp`: YARP as it comes, just-in-time compiled; keeps no scripts'
    [bare-yarp-aot]='the same, natively compiled'
    [taggateway]='one site, `geo.default`, everything else as it comes, logging too; just-in-time compiled'
    [taggateway-aot]='the same, natively compiled'
    [passes]='TagGateway with `page.tag` `leave`: pages pass as they are'
    [passes-aot]='the same, natively compiled'
)

build_nginx() {
    mkdir "$work/$server"
    sed -e "s|@LISTEN@|127.0.0.1:${port[$server]}|; s|@UPSTREAM@|127.0.0.1:$upstream_port|; s|@HOST@|$host|; s|@WORK@|$work/$server|" \
        load/peers/nginx.conf > "$work/$server/nginx.conf"
}
start_nginx() { launch nginx -p "$work/$server" -c "$work/$server/nginx.conf"; }

build_nginx-plain() { build_nginx && sed -i '/open_file_cache/d' "$work/$server/nginx.conf"; }
start_nginx-plain() { start_nginx; }

build_varnish() {
    sed -e "s|@UPSTREAM_HOST@|127.0.0.1|; s|@UPSTREAM_PORT@|$upstream_port|; s|@HOST@|$host|" load/peers/varnish.vcl > "$work/varnish.vcl"
}
# Without jail: it would change the user, who may not enter the work directory.
start_varnish() {
    launch varnishd -F -j none -n "$work/varnish" -a "127.0.0.1:${port[varnish]}" -f "$work/varnish.vcl" -s malloc,64m -p http_gzip_support=off
}

build_bare-yarp() { publish load/peers/BareYarp bare-yarp -p:PublishReadyToRun=false; }
start_bare-yarp() { launch dotnet "$build/bare-yarp/BareYarp.dll" "http://127.0.0.1:${port[$server]}" "http://127.0.0.1:$upstream_port" "$host"; }

build_bare-yarp-aot() { publish load/peers/BareYarp bare-yarp-aot --use-current-runtime -p:PublishAot=true; }
start_bare-yarp-aot() { launch "$build/bare-yarp-aot/BareYarp" "http://127.0.0.1:${port[$server]}" "http://127.0.0.1:$upstream_port" "$host"; }

build_taggateway() { configure_taggateway rewrite && publish src/TagGateway taggateway -p:PublishReadyToRun=false; }
start_taggateway() { launch dotnet "$build/taggateway/taggateway.dll" --config "$work/$server.json"; }

build_taggateway-aot() { configure_taggateway rewrite && publish src/TagGateway taggateway-aot --use-current-runtime -p:PublishAot=true; }
start_taggateway-aot() { launch "$build/taggateway-aot/taggateway" --config "$work/$server.json"; }

build_passes() { configure_taggateway leave; }
start_passes() { launch dotnet "$build/taggateway/taggateway.dll" --config "$work/$server.json"; }

build_passes-aot() { configure_taggateway leave; }
start_passes-aot() { launch "$build/taggateway-aot/taggateway" --config "$work/$server.json"; }

# configure_taggateway PAGE-TAG
configure_taggateway() {
    cat > "$work/$server.json" <<JSON
{
  "urls": "http://127.0.0.1:${port[$server]}",
  "admin": { "url": "http://127.0.0.1:0" },
  "sites": { "race": { "tags": ["G-RACE1", "G-RACE2"], "path": "/f807", "origin": "http://127.0.0.1:$upstream_port", "page": { "tag": "$1" } } },
  "geo": { "default": "US-CA" },
  "connectTo": { "*": "http://127.0.0.1:$upstream_port" }
}
JSON
}

start_upstream() {
    sed -e "s|@PORT@|$upstream_port|; s|@COUNT_PORT@|$count_port|; s|@WORK@|$work|" load/upstream.conf > "$work/upstream.conf"
    nginx -p "$work" -c "$work/upstream.conf" > "$work/upstream.log" 2>&1 &
    process[upstream]=$!
    await arrived >/dev/null || fail "the upstream does not start: $(cat "$work/upstream.log")"
}

# publish PROJECT NAME OPTION...: with all that is built on the way, outside the tree.
publish() {
    echo "race: publishing $2" >&2
    dotnet publish "$1" --configuration Release --disable-build-servers \
        --artifacts-path "$build/artifacts/$2" --output "$build/$2" --verbosity quiet --nologo "${@:3}"
}

# launch COMMAND...: the server on its core.
launch() {
    taskset --cpu-list "$server_core" "$@" > "$work/$server.log" 2>&1 &
    process[$server]=$!
}

# stop NAME: and wait until it has gone, with its children.
stop() {
    kill "${process[$1]}" 2>/dev/null || true
    await gone "${process[$1]}" || kill -KILL "${process[$1]}" 2>/dev/null || true
    wait "${process[$1]}" 2>/dev/null || true
    unset "process[$1]"
}
gone() { [[ ! -e /proc/$1 || $(cat "/proc/$1/stat" 2>/dev/null) == *") Z "* ]]; }

# Until COMMAND holds, 15 s at most.
await() {
    local deadline=$((SECONDS + 15))
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.02
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

declare -A process port
upstream_port=$(free_port)
count_port=$(free_port)
for server in "${servers[@]}"; do
    port[$server]=$(free_port)
done
