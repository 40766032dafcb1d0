# The results of load/attacks/run.sh, out of ${rows[@]} (see measuring.sh).
report() {
    echo "# Attacks"
    echo
    echo "\`load/attacks/run.sh\`, $(date -u +%F). What each attack is: README.md. Only TagGateway's figures are judged; nginx and bare YARP stand beside it, in the same run."
    echo
    echo "- Machine: $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc --all) cores, $(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GB, Linux $(uname -r | cut -d- -f1), $(nginx -v 2>&1 | sed 's/.*: //')"
    echo "- TagGateway at $(git rev-parse --short HEAD 2>/dev/null || echo unknown)${ATTACKS_PROGRAM:+, a program that was given}"
    local name
    for name in "${servers[@]}"; do
        echo "- $name: ${about[$name]-}"
    done
    [[ -z $note ]] || echo "- $note"
    echo
    echo "| attack | server | measure | figure | must | holds |"
    echo "|---|---|---|---|---|---|"
    printf '%s\n' "${rows[@]}"
    echo
    echo "$failures of $(printf '%s\n' "${rows[@]}" | grep -cE '\| (yes|no) \|$') do not hold."
}
