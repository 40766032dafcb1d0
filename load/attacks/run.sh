#!/usr/bin/env bash
# The attacks: what one client can take from all others, through TagGateway and beside it through nginx and bare YARP. Everything is on loopback; clients differ by
# their address (127.0.0.N). While the attack runs, a well-behaved visitor of another address asks at a steady rate. Prints one table and writes it to
# load/attacks/RESULTS.md. Exit code 1 when something does not hold. README.md tells how to read it.
#   load/attacks/run.sh [NAME...]     these attacks, by name or by pattern ("unread-*"), only printed; default all
# Needs: .NET 10 SDK and what native publishing needs, nginx, curl. As root also: memory cgroups.
#   ATTACKS_PROGRAM=FILE              a natively compiled taggateway, in place of publishing one
#   ATTACKS_YARP=FILE                 likewise BareYarp
#   ATTACKS_SERVERS="taggateway"      only these of nginx, bare-yarp, taggateway
#   ATTACKS_SECONDS=60                longest duration of one attack
#   ATTACKS_RESULTS=FILE              written instead of load/attacks/RESULTS.md
#   ATTACKS_KEEP=FOLDER               gets the servers' logs and everything that was counted
# A new attack: attacks.sh. A new server: servers.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

longest=${ATTACKS_SECONDS:-60}
host=www.shop.example

fail() { echo "attacks: $*" >&2; exit 1; }

RACE_SERVERS=${ATTACKS_SERVERS:-nginx bare-yarp taggateway}
source load/servers.sh
source load/measuring.sh
source load/attacks/servers.sh
source load/attacks/attacks.sh
source load/attacks/measuring.sh
source load/attacks/results.sh

chosen=()
for pattern in "${@:-*}"; do
    matches=()
    for attack in "${attacks[@]}"; do
        # shellcheck disable=SC2053 # a pattern
        [[ $attack != $pattern ]] || matches+=("$attack")
    done
    ((${#matches[@]})) || fail "no attack is called $pattern; there are: ${attacks[*]}"
    chosen+=("${matches[@]}")
done

for command in dotnet nginx curl; do
    command -v "$command" >/dev/null || fail "$command is missing (Debian: apt-get install nginx-light curl)"
done

work=$(mktemp --directory)
chmod a+rx "$work"     # started by root, nginx works as someone else
build=$(mktemp --directory)
tool=$build/attack/Attack
cleanup() {
    local name
    for name in "${!process[@]}"; do
        stop "$name"
    done
    [[ -z ${cgroup-} ]] || await rmdir "$cgroup" 2>/dev/null || true
    rm -rf "$work" "$build"
}
trap cleanup EXIT

# Both ends of some thousand connections.
ulimit -n "$(ulimit -Hn)"
dotnet build load/attacks/Attack --configuration Release --verbosity quiet --nologo -nodeReuse:false --output "${tool%/*}" >&2
mkdir "$work/scripts" "$work/pages"
dotnet run load/TagScript.cs -- G-RACE1 460800 "$work/scripts/G-RACE1.js"
dotnet run load/TagScript.cs -- G-RACE2 1024 "$work/scripts/G-RACE2.js"
dotnet run load/Page.cs -- $((200 * 1024)) "$work/pages/200.html" G-RACE1
head --bytes=1M /dev/urandom > "$work/pages/1mb.jpg"
head --bytes=20M /dev/urandom > "$work/pages/20mb.jpg"
attack certificate --folder "$work" >/dev/null
for server in "${servers[@]}"; do
    "build_$server"
done
start_upstream

for attack in "${chosen[@]}"; do
    set_attack
    for server in "${servers[@]}"; do
        if takes_part; then
            run_attack
        fi
    done
done

results=/dev/null
(($#)) || results=load/attacks/RESULTS.md
report | tee "${ATTACKS_RESULTS:-$results}"
((failures == 0))
