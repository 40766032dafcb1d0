# How load/attacks/run.sh measures one attack on one server.
# ${got[...]}: what the attacker counted, ${seen[...]}: what the server used, ${calm[...]}, ${others[...]} and ${after[...]}: what the visitor got before, during and
# after it, ${hostile[...]}: what a hostile Google counted; see the verbs of load/attacks/Attack. ${figure["ATTACK SERVER MEASURE"]}: every figure of this run.
declare -A got seen calm others after hostile figure
rows=()
failures=0
note=

# Not in the background: the process would be its child.
attack() { "$tool" "$@"; }

# run_attack: $attack on $server.
run_attack() {
    local length=$((seconds < longest ? seconds : longest)) watch probe
    [[ $server == taggateway ]] || length=$((length < 15 ? length : 15))
    echo "attacks: $attack, $server, $length s" >&2
    google_port=$upstream_port
    [[ -z $google ]] || start_google "$google"
    "start_$server"
    await listens "${port[$server]}" && await warm || fail "$server does not start: $(tail -3 "$work/$server.log")"

    probe 3 > "$work/calm.out"
    "$tool" watch --pid "${process[$server]}" --log "$work/$server.log" --upstream "$upstream_port" \
        --ports "${port[$server]},${h2c[$server]},${https[$server]}" > "$work/seen.out" &
    watch=$!
    probe "$length" > "$work/others.out" &
    probe=$!
    strike "$length" > "$work/got.out"
    wait "$probe" || true

    # A second after the attack everything must be well again; memory has the attack's own time.
    sleep 1
    probe 3 > "$work/after.out"
    [[ $server != taggateway ]] || sleep "$recovery"
    kill "$watch" 2>/dev/null || true     # it has ended with the server, when that has
    wait "$watch" || true

    [[ -z $google ]] || stop google
    read_figures
    count "alive" "${seen[alive]-0}" = 1
    judge
    stop "$server"
    [[ ! -v ATTACKS_KEEP ]] || cp "$work/$server.log" "$work/figures" "$ATTACKS_KEEP"
}

read_figures() {
    local name pair
    [[ -n $google ]] || : > "$work/hostile.out"
    for name in got seen calm others after hostile; do
        local -n figures=$name
        figures=()
        echo "$attack $server $name $(< "$work/$name.out")" >> "$work/figures"
        for pair in $(< "$work/$name.out"); do
            figures[${pair%%=*}]=${pair#*=}
        done
    done
}

# The visitor: probe SECONDS. By an address of its own; through the trusted proxy where its region counts.
probe() {
    local option=() item
    for item in "${probe_paths[@]}"; do
        option+=(--path "$item")
    done
    for item in "${probe_headers[@]}"; do
        option+=(--header "$item")
    done
    attack probe --warm "http://127.0.0.1:$upstream_port" --url "http://127.0.0.1:${port[$server]}" --from "$probe_from" --rate "$probe_rate" --seconds "$1" "${option[@]}"
}

# The script comes twice (the second time from the cache, where there is one), and a page.
warm() {
    local target
    for target in "/f807/?id=G-RACE1" "/f807/?id=G-RACE1" /pages/200.html; do
        curl --silent --fail --max-time 10 --output /dev/null --header "Host: $host" --header "Accept-Encoding: br" "http://127.0.0.1:${port[$server]}$target" || return
    done
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# count MEASURE FIGURE [= | <= | >= LIMIT] [UNIT]: a row of the results; judged for the gateway only. No figure, no success.
count() {
    local measure=$1 value=$2 relation=${3-} limit=${4-} unit=${5-} holds=–
    [[ $value != - && -n $value ]] || value=–
    figure["$attack $server $measure"]=$value
    if [[ $server == taggateway && -n $relation ]]; then
        holds=yes
        if [[ $value == – ]] || ! awk -v a="$value" -v b="$limit" -v r="$relation" 'BEGIN { exit !(r == "=" ? a == b : r == "<=" ? a <= b : a >= b) }'; then
            holds=no
            failures=$((failures + 1))
        fi
    else
        relation=
    fi

    rows+=("| $attack | $server | $measure | $value${unit:+ $unit} | ${relation:+$(symbol "$relation")$limit${unit:+ $unit}} | $holds |")
    echo "${rows[-1]}" >&2
}
symbol() { case $1 in "<=") printf "≤ " ;; ">=") printf "≥ " ;; esac; }

# What others got: every request served, and how fast. judge_others [P99-MS]: the slowest of a hundred, or three times as long as it took before the attack.
judge_others() {
    count "others: not served, of $(sum others asked)" "$(($(sum others asked) - $(sum others served)))" = 0
    [[ -v figure["$attack $server others: p50"] ]] || count "others: p50" "$(worst others p50)" "" "" ms
    count "others: p99" "$(worst others p99)" "${1:+<=}" "${1:+$(most "$1" "$(calc "3 * $(worst calm p99)")")}" ms
    count "a second after: not served, of $(sum after asked)" "$(($(sum after asked) - $(sum after served)))" = 0
}

# Of the two kinds of connections, new ones and kept ones: sum SET NAME, worst SET NAME.
sum() { local -n set=$1; echo $((${set[new.$2]:-0} + ${set[kept.$2]:-0})); }
worst() { local -n set=$1; [[ ${set[new.$2]:--} == - || ${set[kept.$2]:--} == - ]] && echo - || most "${set[new.$2]}" "${set[kept.$2]}"; }
most() { awk -v a="$1" -v b="$2" 'BEGIN { print (a > b || b == "-") ? a : b }'; }
calc() { awk "BEGIN { printf \"%.4g\", ${1//-\*/0*} }" 2>/dev/null || echo -; }
